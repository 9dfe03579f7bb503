package io.quarkiverse.imsession.it.input;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.quarkiverse.imsession.it.Wire;
import io.restassured.RestAssured;

/**
 * A browser at {@code app.example.test} that keeps its session cookies as RFC 6265bis says: apart by domain and path, and
 * without telling the server which is where.
 */
final class Visitor {

    static final String HOST = "app.example.test";
    static final Place OWN = new Place(null, "/");

    private final Map<Place, String> cookies = new LinkedHashMap<>();

    /** Does what a page of another host, or one with a deeper path, can do. */
    Visitor plant(String domain, String path, String value) {
        cookies.put(new Place(domain, path), value);
        return this;
    }

    /** The values of all cookies that are sent to a path. */
    List<String> sent(String path) {
        List<String> values = new ArrayList<>();
        cookies.forEach((place, value) -> {
            if (path.startsWith(place.path()) && (place.path().endsWith("/") || path.length() == place.path().length()
                    || path.charAt(place.path().length()) == '/')) {
                values.add(value);
            }
        });
        return values;
    }

    /** The token of the application's own cookie; null if there is none. */
    String own() {
        return cookies.get(OWN);
    }

    int count() {
        return cookies.size();
    }

    Answer post(String path) throws IOException {
        List<String> values = sent(path);
        Answer answer = post(path, values.isEmpty() ? List.of() : List.of("connsid=" + String.join("; connsid=", values)));
        answer.cookies().forEach(this::store);
        return answer;
    }

    private void store(String cookie) {
        String[] parts = cookie.split("; ");
        Map<String, String> attributes = new LinkedHashMap<>();
        for (String part : List.of(parts).subList(1, parts.length)) {
            String[] pair = part.split("=", 2);
            attributes.put(pair[0], pair.length == 1 ? "" : pair[1]);
        }
        Place place = new Place(attributes.get("Domain"), attributes.get("Path"));
        if ("0".equals(attributes.get("Max-Age"))) {
            cookies.remove(place);
        } else if (place.domain() == null || HOST.equals(place.domain()) || HOST.endsWith("." + place.domain())) {
            cookies.put(place, parts[0].substring("connsid=".length()));
        }
    }

    /** A request with these {@code Cookie} headers. */
    static Answer post(String path, List<String> cookieHeaders) throws IOException {
        try (Wire wire = new Wire(URI.create("http://localhost:" + RestAssured.port))) {
            StringBuilder request = new StringBuilder("POST " + path + " HTTP/1.1\r\nHost: " + HOST + ":" + RestAssured.port
                    + "\r\nContent-Length: 0\r\n");
            cookieHeaders.forEach(header -> request.append("Cookie: ").append(header).append("\r\n"));
            wire.write(request.append("\r\n").toString());
            Wire.Head head = wire.readHead();
            return new Answer(head.status(), head.all("Set-Cookie"), head.all("Cache-Control"),
                    new String(wire.readBody(head), StandardCharsets.UTF_8));
        }
    }

    /** @param domain null for the host alone */
    record Place(String domain, String path) {
    }

    record Answer(int status, List<String> cookies, List<String> cacheControl, String body) {

        /** The token that it sets; null if it sets none. */
        String token() {
            List<String> made = cookies.stream().filter(cookie -> !cookie.contains("Max-Age=0"))
                    .map(cookie -> cookie.substring("connsid=".length(), cookie.indexOf(';'))).toList();
            return made.isEmpty() ? null : made.get(made.size() - 1);
        }

        boolean hasSession() {
            return status == 200 && body.contains("\"exists\":true");
        }
    }
}
