package io.quarkiverse.imsession.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.LogRecord;

import org.jboss.logmanager.ExtLogRecord;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.JavaArchive;

import io.quarkiverse.imsession.test.RedisCluster;
import io.quarkiverse.imsession.test.RedisServer;
import io.quarkiverse.imsession.test.TestProvider;
import io.quarkus.builder.BuildChainBuilder;
import io.quarkus.maven.dependency.Dependency;
import io.quarkus.test.QuarkusUnitTest;

/** A small application to be built and started by a test. The only place that names Quarkus' own class for that. */
final class TestApp extends QuarkusUnitTest {

    private final List<Consumer<JavaArchive>> contents = new ArrayList<>();

    private TestApp(Class<?>... classes) {
        withApplicationRoot(jar -> {
            jar.addClasses(TestApp.class, Client.class).addClasses(classes);
            contents.forEach(content -> content.accept(jar));
        });
        overrideConfigKey("quarkus.http.test-port", "0");
        // No test here needs Docker, nor is to start anything where there is one.
        overrideConfigKey("quarkus.devservices.enabled", "false");
    }

    static TestApp of(Class<?>... classes) {
        return new TestApp(classes);
    }

    TestApp with(Class<?>... classes) {
        contents.add(jar -> jar.addClasses(classes));
        return this;
    }

    TestApp config(String key, String value) {
        overrideConfigKey(key, value);
        return this;
    }

    TestApp resource(String path, String content) {
        contents.add(jar -> jar.addAsResource(new StringAsset(content), path));
        return this;
    }

    TestApp buildStep(Consumer<BuildChainBuilder> step) {
        addBuildChainCustomizer(step);
        return this;
    }

    /**
     * Keeps sessions in a Redis that runs as long as the application.
     *
     * @param options more options of redis-server
     */
    TestApp redis(String... options) {
        AtomicReference<RedisServer> server = new AtomicReference<>();
        setBeforeAllCustomizer(() -> {
            server.set(RedisServer.start(options));
            overrideRuntimeConfigKey("quarkus.redis.hosts", server.get().uri());
        });
        setAfterAllCustomizer(() -> server.get().close());
        return config("quarkus.imsession.store", "redis");
    }

    /**
     * Keeps sessions in a Redis that runs as long as the application, as a user who may do some things only.
     *
     * @param rules what the user may and may not do, as ACL SETUSER takes it
     */
    TestApp redisAs(String... rules) {
        AtomicReference<RedisServer> server = new AtomicReference<>();
        setBeforeAllCustomizer(() -> {
            server.set(RedisServer.start());
            List<String> user = new ArrayList<>(List.of("ACL", "SETUSER", "app", "on", ">secret", "~*", "&*"));
            user.addAll(List.of(rules));
            server.get().command(user.toArray(String[]::new));
            overrideRuntimeConfigKey("quarkus.redis.hosts", "redis://app:secret@localhost:" + server.get().port());
        });
        setAfterAllCustomizer(() -> server.get().close());
        return config("quarkus.imsession.store", "redis");
    }

    /** Keeps sessions in a Redis Cluster of three that runs as long as the application. */
    TestApp redisCluster() {
        AtomicReference<RedisCluster> cluster = new AtomicReference<>();
        setBeforeAllCustomizer(() -> {
            cluster.set(RedisCluster.start());
            overrideRuntimeConfigKey("quarkus.redis.hosts", String.join(",", cluster.get().uris()));
        });
        setAfterAllCustomizer(() -> cluster.get().close());
        return config("quarkus.imsession.store", "redis").config("quarkus.redis.client-type", "cluster");
    }

    /** Lets users of a provider log in, which runs as long as the application. */
    TestApp provider() {
        AtomicReference<TestProvider> provider = new AtomicReference<>();
        setBeforeAllCustomizer(() -> {
            provider.set(TestProvider.start());
            overrideRuntimeConfigKey("quarkus.oidc.auth-server-url", provider.get().uri());
        });
        setAfterAllCustomizer(() -> provider.get().close());
        return config("quarkus.oidc.client-id", TestProvider.CLIENT)
                .config("quarkus.oidc.credentials.secret", TestProvider.SECRET);
    }

    /** Direct dependencies of this application, besides those of this module. */
    TestApp dependencies(List<Dependency> dependencies) {
        setForcedDependencies(dependencies);
        return this;
    }

    /** The log of this application, up to its end, is to satisfy {@code check}. A line has its stack trace behind it. */
    TestApp logs(Level level, Consumer<List<String>> check) {
        setLogRecordPredicate(record -> record.getLevel().intValue() >= level.intValue() && !isOfSlowMachine(record));
        assertLogRecords(records -> check
                .accept(records.stream().map(record -> ExtLogRecord.wrap(record).getFormattedMessage() + trace(record))
                        .toList()));
        return this;
    }

    /** Vert.x looks at the clock to tell that a thread is blocked. */
    private static boolean isOfSlowMachine(LogRecord record) {
        return record.getLoggerName().endsWith(".BlockedThreadChecker");
    }

    private static String trace(LogRecord line) {
        StringWriter trace = new StringWriter();
        if (line.getThrown() != null) {
            line.getThrown().printStackTrace(new PrintWriter(trace.append('\n'), true));
        }
        return trace.toString();
    }

    /** The start is to fail with a message that has all these words. */
    TestApp failsWith(String... words) {
        assertException(failure -> {
            StringBuilder messages = new StringBuilder();
            for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
                messages.append(cause.getMessage()).append('\n');
                // Where the build has found several.
                for (Throwable other : cause.getSuppressed()) {
                    messages.append(other.getMessage()).append('\n');
                }
            }
            assertThat(messages).contains(words);
        });
        return this;
    }
}
