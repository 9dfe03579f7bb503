package io.quarkiverse.imsession.runtime.devices;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * What a {@code User-Agent} header tells at length, in short. It is what the client says, so it proves nothing: it helps users
 * to know their own devices again.
 *
 * @param browser the family of the browser, or the first product of the header; null if there is neither
 * @param system the operating system or the kind of device; null if the header names none that is known here
 */
public record ClientName(@Nullable String browser, @Nullable String system) {

    /** The first that is found counts: most browsers also claim to be those below them. */
    private static final List<Sign> BROWSERS = List.of(new Sign("Edg", "Edge"), new Sign("OPR/", "Opera"),
            new Sign("SamsungBrowser/", "Samsung Internet"), new Sign("Firefox/", "Firefox"), new Sign("FxiOS/", "Firefox"),
            new Sign("CriOS/", "Chrome"), new Sign("Chrome/", "Chrome"), new Sign("Safari/", "Safari"));
    private static final List<Sign> SYSTEMS = List.of(new Sign("iPhone", "iPhone"), new Sign("iPad", "iPad"),
            new Sign("Android", "Android"), new Sign("Windows", "Windows"), new Sign("CrOS", "ChromeOS"),
            new Sign("Macintosh", "Mac"), new Sign("Linux", "Linux"));
    /** A product as in RFC 9110 §10.1.5, up to its version. */
    private static final Pattern PRODUCT = Pattern.compile("[\\w.!#$%&'*+^`|~-]{1,40}");

    /** @param header the header as the client sent it; may be empty */
    public static ClientName of(String header) {
        String browser = first(BROWSERS, header);
        return new ClientName(browser == null ? product(header) : browser, first(SYSTEMS, header));
    }

    private static @Nullable String product(String header) {
        Matcher product = PRODUCT.matcher(header);
        return product.lookingAt() ? product.group() : null;
    }

    private static @Nullable String first(List<Sign> signs, String header) {
        for (Sign sign : signs) {
            if (header.contains(sign.text())) {
                return sign.name();
            }
        }
        return null;
    }

    private record Sign(String text, String name) {
    }
}
