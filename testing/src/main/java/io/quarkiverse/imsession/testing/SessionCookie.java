package io.quarkiverse.imsession.testing;

/**
 * The session cookie as a request has it: {@code given().cookie(cookie.name(), cookie.value())}.
 *
 * @param name as in {@code quarkus.imsession.cookie.name}
 * @param value the token: a credential as long as the session lives
 */
public record SessionCookie(String name, String value) {

    /** Without the value. */
    @Override
    public String toString() {
        return "SessionCookie[" + name + "]";
    }
}
