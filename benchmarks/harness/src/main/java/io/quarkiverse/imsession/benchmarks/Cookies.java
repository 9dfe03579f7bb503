package io.quarkiverse.imsession.benchmarks;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The cookies of one session, ready to be sent. */
record Cookies(Map<String, String> values, String header) {

    static final Cookies NONE = new Cookies(Map.of(), "");

    boolean isEmpty() {
        return values.isEmpty();
    }

    /** @param setCookies values of Set-Cookie headers; their attributes do not count */
    Cookies with(List<String> setCookies) {
        if (setCookies.isEmpty()) {
            return this;
        }
        Map<String, String> changed = new TreeMap<>(values);
        for (String setCookie : setCookies) {
            String pair = setCookie.split(";", 2)[0];
            int equals = pair.indexOf('=');
            changed.put(pair.substring(0, equals), pair.substring(equals + 1));
        }
        return new Cookies(changed, changed.entrySet().stream().map(cookie -> cookie.getKey() + '=' + cookie.getValue())
                .collect(Collectors.joining("; ", "Cookie: ", "\r\n")));
    }
}
