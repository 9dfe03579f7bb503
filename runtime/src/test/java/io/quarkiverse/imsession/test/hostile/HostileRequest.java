package io.quarkiverse.imsession.test.hostile;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * A request whose texts are sent as they are, one byte for each character, in a frame that is sound: what follows it on the
 * same connection is another request.
 */
public record HostileRequest(String method, String path, List<Header> headers, String body) {

    /** Whoever writes a header name here chose it; only values are hostile. */
    public record Header(String name, String value) {
    }

    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9_-]{22}\\.[A-Za-z0-9_-]{32}");

    /** How many different texts in the headers have the shape of a token: nothing else may lead to the store. */
    long tokens() {
        return headers.stream().flatMap(header -> TOKEN.matcher(header.value()).results()).map(MatchResult::group).distinct()
                .count();
    }

    /** Whether one of these texts stands in the headers. */
    boolean hasAny(List<String> tokens) {
        return headers.stream().anyMatch(header -> tokens.stream().anyMatch(header.value()::contains));
    }

    boolean hasBody() {
        return !body.isEmpty();
    }

    byte[] bytes() {
        StringBuilder text = new StringBuilder(method).append(' ').append(path).append(" HTTP/1.1\r\n");
        headers.forEach(header -> text.append(header.name()).append(": ").append(header.value()).append("\r\n"));
        if (hasBody() || !method.equals("GET")) {
            text.append("Content-Length: ").append(body.length()).append("\r\n");
        }
        return text.append("\r\n").append(body).toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(HostileTexts.printable(method)).append(' ').append(HostileTexts.printable(path));
        headers.forEach(header -> text.append("\n  ").append(header.name()).append(": ")
                .append(HostileTexts.printable(header.value())));
        return text.append("\n\n  ").append(HostileTexts.printable(body)).toString();
    }
}
