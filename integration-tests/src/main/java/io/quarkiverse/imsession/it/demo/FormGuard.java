package io.quarkiverse.imsession.it.demo;

import jakarta.inject.Singleton;

import io.quarkiverse.imsession.ImSession;

/** Lets only forms of the session's own pages change something. */
@Singleton
final class FormGuard {

    /** The name of the hidden field. */
    static final String FIELD = "csrf-token";

    private final ImSession session;

    FormGuard(ImSession session) {
        this.session = session;
    }

    /** Answers 403 if a form does not carry a token of this session. Without a session there is nothing to protect. */
    void check(String token) {
        if (session.exists() && !session.csrf().verify(token)) {
            throw Refusal.foreignForm();
        }
    }
}
