package io.quarkiverse.imsession.spi;

import io.quarkiverse.imsession.SessionData;

/**
 * A session to be stored for the first time.
 *
 * @param token the hash of its token
 * @param data its fields
 * @param expiry how long it lives
 */
public record NewSession(TokenHash token, SessionData data, Expiry expiry) {
}
