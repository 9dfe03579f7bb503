package io.quarkiverse.imsession.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import com.tngtech.archunit.core.importer.ClassFileImporter;

class StaticInitializersTest {

    @ParameterizedTest
    @ValueSource(classes = { OnDisk.class, RandomId.class, Secure.class, Threaded.class, Timed.class, OfTheEnvironment.class,
            ThroughAnObject.class })
    void whatIsMadeOrReadWhileAnImageIsBuiltIsFound(Class<?> type) {
        assertThat(callsOf(type)).isNotEmpty().allMatch(line -> line.startsWith(type.getName() + " calls "));
    }

    @Test
    void whatIsMadeLaterOrIsAlwaysTheSameIsLeftAlone() {
        assertThat(callsOf(Harmless.class)).isEmpty();
    }

    private static List<String> callsOf(Class<?> type) {
        return StaticInitializers.callsOfRunTime(new ClassFileImporter().importClasses(type, Maker.class));
    }

    static final class OnDisk {
        static final Path PATH = write();

        private static Path write() {
            try {
                return Files.createTempFile("never", "used");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    static final class RandomId {
        static final String ID = UUID.randomUUID().toString();
    }

    static final class Secure {
        static final SecureRandom RANDOM = new SecureRandom();
    }

    static final class Threaded {
        static final Thread THREAD = new Thread(() -> {
        });
    }

    static final class Timed {
        static final Instant BEGIN = Instant.now();
    }

    static final class OfTheEnvironment {
        static final String HOME = System.getenv("HOME");
    }

    static final class ThroughAnObject {
        static final Maker MAKER = new Maker();
    }

    static final class Maker {
        final String id = UUID.randomUUID().toString();
    }

    static final class Harmless {
        static final Duration DAY = Duration.ofDays(1);
        static final Supplier<UUID> IDS = () -> UUID.randomUUID();
        static final Supplier<UUID> MORE_IDS = UUID::randomUUID;
        static final Path PATH = Path.of("somewhere");

        static Instant later() {
            return Instant.now();
        }
    }
}
