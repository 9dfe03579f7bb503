package io.quarkiverse.imsession.spi;

import java.util.Map;

import io.quarkiverse.imsession.SessionData;

/**
 * A session to be stored for the first time.
 *
 * @param token the hash of the token
 * @param data the fields
 * @param attributes the values that the extension keeps beside the data, as texts by names that begin with {@code @}
 * @param expiry the rules by which it expires
 */
public record NewSession(TokenHash token, SessionData data, Map<String, String> attributes, Expiry expiry) {

    /** A session without attributes. */
    public NewSession(TokenHash token, SessionData data, Expiry expiry) {
        this(token, data, Map.of(), expiry);
    }
}
