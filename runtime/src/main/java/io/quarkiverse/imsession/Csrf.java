package io.quarkiverse.imsession;

import org.jspecify.annotations.Nullable;

/**
 * The CSRF tokens of a session: protection against cross-site request forgery with the synchronizer token pattern. A session
 * can tell its own forms and scripts from those of other sites, as only its own have a token. With
 * {@code quarkus.imsession.csrf.enabled} the extension checks tokens itself. Otherwise call {@link #verify} in each request
 * that changes something.
 * <p>
 * A token belongs to one session. It stays valid through timed renewal and in all tabs of a browser, and ends with
 * {@link ImSession#renew()} and with the session.
 *
 * @see <a href="https://cheatsheetseries.owasp.org/cheatsheets/Cross-Site_Request_Forgery_Prevention_Cheat_Sheet.html">OWASP
 *      CSRF prevention cheat sheet</a>
 */
public interface Csrf {

    /**
     * A token for a form field or a request header. Each call returns another text, and all of them are valid. A text that is
     * the same in every response could be guessed from the size of compressed responses (the BREACH attack).
     *
     * @return characters of base64url; the empty string if there is no session, as there is nothing to protect then
     */
    String token();

    /**
     * Whether a text is a token of this session. The time that this takes does not depend on the place where the text differs.
     *
     * @param token the text that the request carries: any text of any length, or null
     * @return false if the text is no token, is a token of another session or from a time before {@link ImSession#renew()}, or
     *         if there is no session
     */
    boolean verify(@Nullable String token);
}
