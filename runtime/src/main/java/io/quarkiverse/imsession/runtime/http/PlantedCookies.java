package io.quarkiverse.imsession.runtime.http;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

import org.jspecify.annotations.Nullable;

/**
 * Removes other cookies with the name of the session cookie. A browser distinguishes cookies by name, domain, path and
 * partition, but sends only name and value to the server. So the cookies of all domains and paths are removed that may apply to
 * a request, except the session cookie itself.
 */
final class PlantedCookies {

    /** Proxies refuse responses with large headers: nginx by default those of more than 4 or 8 KiB. */
    private static final int MAX_LINES = 32;
    private static final int MAX_LENGTH = 2_560;
    /** The hosts of applications have fewer domains. If there are more, some cookies cannot be removed. */
    private static final int MAX_DOMAINS = 8;
    private static final int MAX_SEGMENTS = 16;
    /** Browsers ignore longer attributes (RFC 6265bis §5.6). */
    private static final int MAX_PATH = 1_024;

    private final CookieAttributes ours;
    private final @Nullable String domain;
    /** The index at which the next response continues, if one response has no room for all cookies. */
    private final AtomicInteger next = new AtomicInteger();

    PlantedCookies(CookieAttributes ours) {
        this.ours = ours;
        this.domain = ours.domain() == null ? null : normalized(ours.domain());
    }

    private static String normalized(String domain) {
        return (domain.startsWith(".") ? domain.substring(1) : domain).toLowerCase(Locale.ROOT);
    }

    /**
     * The values of {@code Set-Cookie} that remove the cookies.
     *
     * @param host the host of the request, or null
     * @param path the path of the request, as the browser sent it, or null
     * @param https whether the browser sent the request over HTTPS
     */
    List<String> removals(@Nullable String host, @Nullable String path, boolean https) {
        List<CookieAttributes> places = places(host, path, https);
        List<String> lines = new ArrayList<>();
        int from = next.get();
        int length = 0;
        while (lines.size() < Math.min(places.size(), MAX_LINES)) {
            // There may be many of these lines, so they have only Max-Age, which all current browsers support.
            String line = ours.name() + "=; Max-Age=0"
                    + places.get(Math.floorMod(from + lines.size(), places.size())).asText();
            length += line.length();
            if (length > MAX_LENGTH) {
                break;
            }
            lines.add(line);
        }
        next.addAndGet(lines.size());
        return lines;
    }

    private List<CookieAttributes> places(@Nullable String host, @Nullable String path, boolean https) {
        // With this prefix browsers keep only cookies of the host with the path /.
        boolean bound = ours.name().startsWith("__Host-");
        List<@Nullable String> domains = domains(bound || host == null ? "" : host);
        Set<String> paths = paths(bound || path == null ? "" : path);
        List<CookieAttributes> places = new ArrayList<>();
        for (boolean partitioned : https || ours.secure() ? new boolean[] { false, true } : new boolean[] { false }) {
            for (String each : paths) {
                for (String suffix : domains) {
                    if (partitioned != ours.partitioned() || !each.equals(ours.path()) || !Objects.equals(suffix, domain)) {
                        places.add(new CookieAttributes(ours.name(), each, suffix, ours.httpOnly(), ours.sameSite(),
                                ours.secure() || partitioned, partitioned, false));
                    }
                }
            }
        }
        return places;
    }

    /**
     * Null, which stands for a cookie without a domain, and the domains of the host from the longest to the shortest. An IP
     * address or a name without dots has no domains.
     */
    private static List<@Nullable String> domains(String host) {
        List<@Nullable String> domains = new ArrayList<>();
        domains.add(null);
        String name = host.toLowerCase(Locale.ROOT);
        String top = name.substring(name.lastIndexOf('.') + 1);
        if (!isDomain(name) || top.chars().allMatch(Character::isDigit)) {
            return domains;
        }
        List<String> suffixes = new ArrayList<>();
        for (int dot = name.lastIndexOf('.'); dot >= 0 && suffixes.size() < MAX_DOMAINS; dot = name.lastIndexOf('.', dot - 1)) {
            suffixes.add(0, name.substring(name.lastIndexOf('.', dot - 1) + 1));
        }
        domains.addAll(suffixes);
        return domains;
    }

    /** Whether a host has only characters of domain names, as a client may send any text. */
    private static boolean isDomain(String host) {
        return host.length() <= 255 && !host.startsWith(".") && !host.endsWith(".") && !host.contains("..")
                && host.chars().allMatch(c -> c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '-' || c == '_' || c == '.');
    }

    /** The cookie paths that match (RFC 6265 §5.1.4): the path itself, and its prefixes with and without a trailing slash. */
    private static Set<String> paths(String path) {
        Set<String> paths = new LinkedHashSet<>();
        paths.add("/");
        int end = end(path);
        int slash = path.indexOf('/', 1);
        for (int i = 0; i < MAX_SEGMENTS && slash > 0 && slash < end; i++) {
            paths.add(path.substring(0, slash));
            paths.add(path.substring(0, slash + 1));
            slash = path.indexOf('/', slash + 1);
        }
        if (slash < 0 && end == path.length() && end > 0) {
            paths.add(path);
        }
        return paths;
    }

    /** The end of the part of a path that can be the path of a cookie. */
    private static int end(String path) {
        int end = 0;
        while (end < Math.min(path.length(), MAX_PATH) && path.startsWith("/") && path.charAt(end) > ' '
                && path.charAt(end) < 0x7f && path.charAt(end) != ';') {
            end++;
        }
        return end;
    }
}
