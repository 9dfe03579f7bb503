package io.quarkiverse.imsession.runtime.http;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import io.vertx.core.net.HostAndPort;

/**
 * The origin of a page (RFC 6454). Different spellings of one origin are equal.
 *
 * @param scheme in lower case
 * @param host in lower case, an IPv6 address in brackets
 * @param port the port, also if it is the default port of the scheme; -1 if the scheme has none
 */
record Origin(String scheme, String host, int port) {

    private static final Pattern SYNTAX = Pattern
            .compile("([a-z][a-z0-9+.-]{0,31})://([a-z0-9._-]{1,255}|\\[[0-9a-f:.]{2,45}])(?::([0-9]{1,5}))?",
                    Pattern.CASE_INSENSITIVE);
    private static final int MAX_LENGTH = 320;
    private static final int MAX_PORT = 65_535;

    /** The origin of a text; null if the text has no origin, or more than scheme, host and port. */
    static @Nullable Origin parse(String text) {
        Matcher matcher = SYNTAX.matcher(text.length() > MAX_LENGTH ? "" : text);
        if (!matcher.matches()) {
            return null;
        }
        String scheme = matcher.group(1).toLowerCase(Locale.ROOT);
        int port = matcher.group(3) == null ? defaultPort(scheme) : Integer.parseInt(matcher.group(3));
        return port == 0 || port > MAX_PORT ? null : new Origin(scheme, matcher.group(2).toLowerCase(Locale.ROOT), port);
    }

    /**
     * Whether a request of a page of this origin goes to the server of the page. If the request came without TLS, a proxy may
     * have removed it, so the scheme is not compared.
     *
     * @param secure whether the request came with TLS, as far as is known
     * @param authority host and port of the request
     */
    boolean isOf(boolean secure, HostAndPort authority) {
        boolean web = scheme.equals("https") || scheme.equals("http") && !secure;
        int asked = authority.port() > 0 ? authority.port() : defaultPort(scheme);
        return web && port == asked && host.equals(authority.host().toLowerCase(Locale.ROOT));
    }

    private static int defaultPort(String scheme) {
        return switch (scheme) {
            case "http" -> 80;
            case "https" -> 443;
            default -> -1;
        };
    }
}
