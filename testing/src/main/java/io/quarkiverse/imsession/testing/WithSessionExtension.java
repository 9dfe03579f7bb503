package io.quarkiverse.imsession.testing;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.ReflectionSupport;

import io.quarkiverse.imsession.ImSession;
import io.quarkiverse.imsession.SessionData;
import io.quarkus.arc.Arc;
import io.quarkus.arc.ArcContainer;

/** Implements {@link WithSession}. */
final class WithSessionExtension implements BeforeEachCallback, AfterEachCallback, ParameterResolver {

    private static final boolean REST_ASSURED = isPresent("io.restassured.RestAssured");

    @Override
    public void beforeEach(ExtensionContext context) {
        WithSession wanted = wanted(context).orElseThrow();
        TestSessions sessions = sessions();
        TestSession session = sessions.create(content(wanted), authenticatedAgo(wanted), wanted.deviceBound());
        sessions.begin(session);
        if (REST_ASSURED) {
            GlobalFilter.add(SessionRequestFilter.ofAll(session, sessions, wanted.csrf()));
        }
    }

    @Override
    public void afterEach(ExtensionContext context) {
        if (REST_ASSURED) {
            GlobalFilter.remove();
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == TestSession.class;
    }

    @Override
    public TestSession resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return sessions().current();
    }

    private static Optional<WithSession> wanted(ExtensionContext context) {
        return AnnotationSupport.findAnnotation(context.getRequiredTestMethod(), WithSession.class)
                .or(() -> AnnotationSupport.findAnnotation(context.getRequiredTestClass(), WithSession.class,
                        context.getEnclosingTestClasses()));
    }

    private static TestSessions sessions() {
        ArcContainer container = Arc.container();
        if (container == null || !container.isRunning()) {
            throw new IllegalStateException("@WithSession makes a session in the application under test, but none runs in this"
                    + " process: use it with @QuarkusTest. The application of a @QuarkusIntegrationTest runs in a process of its"
                    + " own: let the test log in with a request, as a client does");
        }
        return container.instance(TestSessions.class).get();
    }

    private static Consumer<ImSession> content(WithSession wanted) {
        SessionData data = LenientJson.data(wanted.value());
        Consumer<ImSession> more = make(wanted.content());
        if (wanted.user().isEmpty() && wanted.roles().length > 0) {
            throw new IllegalArgumentException("@WithSession has roles " + List.of(wanted.roles())
                    + ", but no user: add user = \"...\"");
        }
        return session -> {
            session.set(data);
            more.accept(session);
            if (!wanted.user().isEmpty()) {
                session.login(wanted.user(), Set.of(wanted.roles()));
            }
        };
    }

    static Consumer<ImSession> make(Class<? extends Consumer<ImSession>> content) {
        if (Stream.of(content.getDeclaredConstructors()).noneMatch(constructor -> constructor.getParameterCount() == 0)) {
            throw new IllegalArgumentException("@WithSession has content = " + content.getName()
                    + ".class, which has no constructor without parameters: give it one, and make it static if it is nested");
        }
        return ReflectionSupport.newInstance(content);
    }

    private static Duration authenticatedAgo(WithSession wanted) {
        try {
            return Duration.parse(wanted.authenticatedAgo());
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException("@WithSession has authenticatedAgo = \"" + wanted.authenticatedAgo()
                    + "\": use an ISO 8601 duration such as PT1H", e);
        }
    }

    private static boolean isPresent(String name) {
        try {
            Class.forName(name, false, WithSessionExtension.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }
}
