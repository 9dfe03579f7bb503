package io.quarkiverse.imsession.spi;

import java.util.Map;

import io.quarkiverse.imsession.SessionData;

/**
 * A session to be stored for the first time.
 *
 * @param token the hash of its token
 * @param data its fields
 * @param attributes what the extension keeps of it besides, as texts by names that begin with {@code @}
 * @param expiry how long it lives
 */
public record NewSession(TokenHash token, SessionData data, Map<String, String> attributes, Expiry expiry) {

    /** A session without attributes. */
    public NewSession(TokenHash token, SessionData data, Expiry expiry) {
        this(token, data, Map.of(), expiry);
    }
}
