package io.quarkiverse.imsession.testing;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.function.Consumer;

import org.junit.jupiter.api.extension.ExtendWith;

import io.quarkiverse.imsession.ImSession;

/**
 * Starts a test of {@code @QuarkusTest}, or each test of a class, with a session. The annotation of a method overrides that of
 * its class.
 * <p>
 * The requests that the test sends to the application with REST Assured have the session, and follow it as a browser would: a
 * new token replaces the old one, and a log-out ends the session. An {@link ImSession} that is injected into the test, or into
 * a bean that the test calls, is this session too, in the state of its first use; its changes are not stored, as there is no
 * response. A parameter of type {@link TestSession} gives access to the session. The session is ended after the test.
 * <p>
 * The application must run in the process of the test, so a test with {@code @QuarkusIntegrationTest} fails.
 */
@Target({ ElementType.METHOD, ElementType.TYPE })
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@ExtendWith(WithSessionExtension.class)
public @interface WithSession {

    /** The fields as a JSON object, in which names need no quotes and texts may have single quotes: {@code {user_id: 1}}. */
    String value() default "{}";

    /**
     * A function that changes the new session as a request would do, for values that JSON cannot express: records, a label, an
     * own timeout. The class needs a constructor without parameters. The function is called after the fields of
     * {@link #value()} are set.
     */
    Class<? extends Consumer<ImSession>> content() default Nothing.class;

    /** The name of a user to log in, as with {@link ImSession#login}; empty for none. */
    String user() default "";

    /** The roles of the user. */
    String[] roles() default {};

    /**
     * How long ago the user of the session was authenticated, as an ISO 8601 duration: {@code PT1H}, for tests of operations
     * that need a recent log-in. With {@code PT0S} the user is authenticated now if the session has a {@link #user()}, and
     * never if it has none.
     */
    String authenticatedAgo() default "PT0S";

    /**
     * Whether the session is bound to a device, from which the requests of the test come, see
     * {@link ImSession#deviceBound()}. A session is bound at a log-in or renewal, so with {@code authenticatedAgo = "PT0S"} its
     * user counts as authenticated now.
     */
    boolean deviceBound() default false;

    /**
     * Whether requests that may change something have the proofs that {@code quarkus.imsession.csrf} requires: the header
     * {@code Origin}, and a CSRF token if the mode is {@code token} or {@code both}. Proofs that the test itself sets stay as
     * they are.
     */
    boolean csrf() default true;

    /** Does nothing. */
    final class Nothing implements Consumer<ImSession> {

        private Nothing() {
        }

        @Override
        public void accept(ImSession session) {
        }
    }
}
