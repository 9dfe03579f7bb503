package io.quarkiverse.imsession.it.demo;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Says shortly what a {@code User-Agent} header says at length. */
final class UserAgent {

    static final String UNKNOWN = "Unknown client";

    /** The first that is found counts: most browsers also claim to be those below them. */
    private static final List<Sign> BROWSERS = List.of(new Sign("Edg", "Edge"), new Sign("OPR/", "Opera"),
            new Sign("SamsungBrowser/", "Samsung Internet"), new Sign("Firefox/", "Firefox"), new Sign("FxiOS/", "Firefox"),
            new Sign("CriOS/", "Chrome"), new Sign("Chrome/", "Chrome"), new Sign("Safari/", "Safari"));
    private static final List<Sign> SYSTEMS = List.of(new Sign("iPhone", "iPhone"), new Sign("iPad", "iPad"),
            new Sign("Android", "Android"), new Sign("Windows", "Windows"), new Sign("CrOS", "ChromeOS"),
            new Sign("Macintosh", "Mac"), new Sign("Linux", "Linux"));
    /** A product as in RFC 9110 §10.1.5, up to its version. */
    private static final Pattern PRODUCT = Pattern.compile("[\\w.!#$%&'*+^`|~-]{1,40}");

    private UserAgent() {
    }

    static String describe(String header) {
        Optional<String> system = first(SYSTEMS, header);
        return first(BROWSERS, header).map(browser -> system.map(name -> browser + " on " + name).orElse(browser))
                .orElseGet(() -> product(header));
    }

    private static String product(String header) {
        Matcher product = PRODUCT.matcher(header);
        return product.lookingAt() ? product.group() : UNKNOWN;
    }

    private static Optional<String> first(List<Sign> signs, String header) {
        return signs.stream().filter(sign -> header.contains(sign.text())).map(Sign::name).findFirst();
    }

    private record Sign(String text, String name) {
    }
}
