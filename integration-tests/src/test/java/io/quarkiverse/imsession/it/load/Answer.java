package io.quarkiverse.imsession.it.load;

import java.nio.charset.StandardCharsets;

import io.quarkiverse.imsession.it.Wire;

/**
 * As much of a response as is of interest.
 *
 * @param token that it sets, empty if it removes the one that there was, null if it does neither
 */
record Answer(int status, String token, String body) {

    private static final String COOKIE = "connsid=";

    static Answer of(Wire.Head head, byte[] body) {
        String token = head.all("Set-Cookie").stream().filter(cookie -> cookie.startsWith(COOKIE))
                .map(cookie -> cookie.substring(COOKIE.length(), cookie.indexOf(';'))).findFirst().orElse(null);
        return new Answer(head.status(), token, new String(body, StandardCharsets.UTF_8));
    }

    /** Whether there is a session, where the body tells. */
    boolean exists() {
        return body.contains("\"exists\":true");
    }

    boolean hasToken() {
        return token != null && !token.isEmpty();
    }

    static String header(String token) {
        return "Cookie: " + COOKIE + token;
    }
}
