package io.quarkiverse.imsession;

import org.jspecify.annotations.Nullable;

/**
 * Tokens by which a session knows its own forms and scripts from those of other sites: protection against cross-site request
 * forgery with the synchronizer token pattern. With {@code quarkus.imsession.csrf.enabled} the extension asks for them by
 * itself; without, ask {@link #verify} wherever a request changes something.
 * <p>
 * A token belongs to one session. It stays valid through timed renewal and in all tabs of a browser, and ends with
 * {@link ImSession#renew()} and with the session.
 *
 * @see <a href="https://cheatsheetseries.owasp.org/cheatsheets/Cross-Site_Request_Forgery_Prevention_Cheat_Sheet.html">OWASP
 *      CSRF prevention cheat sheet</a>
 */
public interface Csrf {

    /**
     * A token for a form field or a request header. Each call gives another text, and all of them are valid: what is the same
     * in every response could be guessed from its compressed size (BREACH).
     *
     * @return characters of base64url; empty if there is no session, as there is nothing to protect then
     */
    String token();

    /**
     * Whether a text is a token of this session. Takes a time that does not depend on what is wrong with it.
     *
     * @param token what the request carries, unchecked: any text of any length, or null
     * @return false if it is none, belongs to another session or to a time before {@link ImSession#renew()}, or if there is
     *         no session
     */
    boolean verify(@Nullable String token);
}
