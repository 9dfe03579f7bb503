package io.quarkiverse.imsession.testing;

/**
 * The session cookie as a request has it: {@code given().cookie(cookie.name(), cookie.value())}.
 *
 * @param name the name that is in force, see {@code quarkus.imsession.cookie.name}
 * @param value the token, which is a credential as long as the session lives
 */
public record SessionCookie(String name, String value) {

    /** Leaves the value out. */
    @Override
    public String toString() {
        return "SessionCookie[" + name + "]";
    }
}
