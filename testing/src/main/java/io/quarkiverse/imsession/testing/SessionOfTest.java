package io.quarkiverse.imsession.testing;

import jakarta.inject.Singleton;

import org.jspecify.annotations.Nullable;

import io.quarkiverse.imsession.ImSession;
import io.quarkiverse.imsession.runtime.session.SessionOutsideRequest;

/** Makes the session of a test injectable outside of requests: in the test and the beans that it calls. */
@Singleton
final class SessionOfTest implements SessionOutsideRequest {

    private final TestSessions sessions;

    SessionOfTest(TestSessions sessions) {
        this.sessions = sessions;
    }

    @Override
    public @Nullable ImSession current() {
        TestSession session = sessions.running();
        return session == null ? null : session.session();
    }
}
