package io.quarkiverse.imsession.runtime.session;

import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import io.quarkiverse.imsession.Csrf;

/** The CSRF tokens of the session as the request sees it at the time of each call. */
final class SessionCsrf implements Csrf {

    private final Supplier<SessionState> session;
    private final TokenCodec tokens;

    SessionCsrf(Supplier<SessionState> session, TokenCodec tokens) {
        this.session = session;
        this.tokens = tokens;
    }

    @Override
    public String token() {
        CsrfSecret secret = session.get().csrfSecret();
        return secret == null ? "" : secret.token(tokens.random(CsrfSecret.maskLength()));
    }

    @Override
    public boolean verify(@Nullable String token) {
        CsrfSecret secret = session.get().csrfSecret();
        return secret != null && secret.verify(token);
    }
}
