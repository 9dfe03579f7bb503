package io.quarkiverse.imsession.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

import org.jboss.jandex.DotName;
import org.jboss.jandex.Index;
import org.junit.jupiter.api.Test;

import io.quarkiverse.imsession.ImSession;
import io.quarkiverse.imsession.ImSessions;
import io.quarkiverse.imsession.SessionData;
import io.quarkiverse.imsession.SessionId;

/** Which records are found in the code of an application. */
class RecordCallsTest {

    record A(int a) {
    }

    record B(int b) {
    }

    record C(int c) {
    }

    record Other(int o) {
    }

    static class Reads {
        A read(ImSession session, SessionData data, boolean some) {
            Class<C> later = C.class;
            Other notOfSession = new Other(1);
            return notOfSession.o() > 0 && some ? session.as(A.class) : new A(data.as(B.class).b() + data.as(later).c());
        }
    }

    static class Sets {
        B field = new B(1);

        A parameter(ImSession session, A a) {
            session.merge(a);
            return a;
        }

        void others(ImSession session) {
            session.merge(field);
            for (int i = 0; i < 2; i++) {
                session.set(SessionData.of(made(i)));
            }
        }

        private C made(int i) {
            try {
                return new C(i);
            } catch (IllegalStateException e) {
                return null;
            }
        }
    }

    static class InLambdas {
        void update(ImSession session, ImSessions sessions, SessionId id) {
            session.update(A.class, a -> new A(a.a() + 1));
            sessions.update(id, SessionData.of(new C(2)));
            session.update(data -> data.update(B.class, b -> new B(b.b() + 1)));
            Supplier<SessionData> later = () -> SessionData.empty().with(new C(1));
            session.set(later.get());
        }
    }

    static class Chooses {
        void set(ImSession session, boolean some, Optional<C> optional, List<A> list) {
            if (some) {
                session.merge(some ? new A(1) : list.get(0));
            }
            C c = optional.orElse(new C(2));
            session.merge(c);
        }
    }

    static class Generic {
        <T extends Record> T read(ImSession session, Class<T> type) {
            session.merge(session.as(type));
            session.data().get("a", A.class);
            return session.as(type);
        }
    }

    @Test
    void classesThatAreWrittenInCallsAreFound() {
        assertThat(in(Reads.class)).containsExactlyInAnyOrder(A.class, B.class, C.class);
    }

    @Test
    void declaredTypesOfArgumentsAreFound() {
        assertThat(in(Sets.class)).containsExactlyInAnyOrder(A.class, B.class, C.class);
    }

    @Test
    void lambdasAreLookedInto() {
        assertThat(in(InLambdas.class)).containsExactlyInAnyOrder(A.class, B.class, C.class);
    }

    @Test
    void typesSurviveBranches() {
        assertThat(in(Chooses.class)).containsExactlyInAnyOrder(A.class, C.class);
    }

    @Test
    void typeVariablesTellNothingAndFieldsAreNoViews() {
        assertThat(in(Generic.class)).isEmpty();
    }

    @Test
    void classWhoseFileTheBuildHasRemovedUsesNoRecords() throws IOException {
        Index index = Index.of(Reads.class);
        assertThat(SessionRecordsProcessor.find(index)).hasSize(3);

        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(ClassLoader.getPlatformClassLoader());
        try {
            assertThat(SessionRecordsProcessor.find(index)).isEmpty();
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private static Set<Class<?>> in(Class<?> type) {
        Set<Class<?>> found = new HashSet<>();
        for (DotName name : RecordCalls.in(classFile(type))) {
            found.add(List.of(A.class, B.class, C.class, Other.class).stream()
                    .filter(known -> known.getName().equals(name.toString())).findFirst().orElseThrow());
        }
        return found;
    }

    private static byte[] classFile(Class<?> type) {
        try (InputStream file = type.getResourceAsStream(type.getName().replaceAll(".*\\.", "") + ".class")) {
            return file.readAllBytes();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
