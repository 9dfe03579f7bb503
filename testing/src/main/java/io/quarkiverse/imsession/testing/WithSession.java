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
 * Starts a test of {@code @QuarkusTest}, or each test of a class, with a session. That of a method counts, and not that of its
 * class beside it.
 * <p>
 * The requests that the test sends to the application with REST Assured have the session, and follow it as a browser would: a
 * new token takes the place of the old one, and a log-out ends it. An {@link ImSession} that is injected into the test, or
 * into a bean that the test calls, has it too: as it was when it was used first, and for this test only, as no response stores
 * its changes. A parameter of type {@link TestSession} is the session itself. It is ended after the test.
 * <p>
 * The application must run in the process of the test: in one of {@code @QuarkusIntegrationTest} the test fails.
 */
@Target({ ElementType.METHOD, ElementType.TYPE })
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@ExtendWith(WithSessionExtension.class)
public @interface WithSession {

    /** The fields as a JSON object, in which names need no quotes and texts may have single ones: {@code {user_id: 1}}. */
    String value() default "{}";

    /**
     * Does what a request would do with the new session, for all that JSON cannot say: sets records, a label, a lifetime of its
     * own. It is made with its constructor without parameters, and called after the fields of {@link #value()} are set.
     */
    Class<? extends Consumer<ImSession>> content() default Nothing.class;

    /** The name of a user to be logged in, as {@link ImSession#login} does; empty for nobody. */
    String user() default "";

    /** The roles of the user. */
    String[] roles() default {};

    /**
     * How long ago the user of the session was authenticated, as an ISO 8601 duration: {@code PT1H} for what needs a fresh
     * log-in. With {@code PT0S} that is now if the session has a {@link #user()}, and never if it has none.
     */
    String authenticatedAgo() default "PT0S";

    /**
     * Whether requests that may change something prove that they come from the application's own pages, as
     * {@code quarkus.imsession.csrf} asks for it: with {@code Origin}, and with a CSRF token if the mode is {@code token} or
     * {@code both}. What the test itself sends of these stays as it is.
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
