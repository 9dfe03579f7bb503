package io.quarkiverse.imsession.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.jar.JarFile;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkus.builder.BuildChainBuilder;
import io.quarkus.builder.BuildContext;
import io.quarkus.builder.BuildStep;
import io.quarkus.deployment.builditem.FeatureBuildItem;
import io.quarkus.deployment.builditem.nativeimage.RuntimeInitializedClassBuildItem;
import io.vertx.redis.client.Redis;

/** With Sentinels, replicas or a cluster the client chooses a server by chance. */
class RedisClientInNativeImageTest {

    private static final String PACKAGE = "io.vertx.redis.client.impl.";
    /** A system property, as build and test do not share classes. */
    private static final String RESULT = RedisClientInNativeImageTest.class.getName();

    @RegisterExtension
    static final TestApp APP = TestApp.of().redis().buildStep(recorder());

    @Test
    void allThatIsRandomInTheRedisClientIsMadeWhenTheExecutableStarts() throws Exception {
        List<String> random = classesWithRandom();
        assertThat(random).contains(PACKAGE + "SentinelTopology");
        assertThat(System.getProperty(RESULT).split(",")).containsAll(random);
    }

    private static Consumer<BuildChainBuilder> recorder() {
        return chain -> chain.addBuildStep(new BuildStep() {
            @Override
            public void execute(BuildContext context) {
                System.setProperty(RESULT, context.consumeMulti(RuntimeInitializedClassBuildItem.class).stream()
                        .map(RuntimeInitializedClassBuildItem::getClassName).filter(name -> name.startsWith(PACKAGE))
                        .collect(Collectors.joining(",")));
                context.produce(new FeatureBuildItem("runtime-initialized-classes-were-read"));
            }
        }).consumes(RuntimeInitializedClassBuildItem.class).produces(FeatureBuildItem.class).build();
    }

    private static List<String> classesWithRandom() throws IOException {
        String jar = Redis.class.getProtectionDomain().getCodeSource().getLocation().getPath();
        try (JarFile client = new JarFile(jar)) {
            return client.stream().map(entry -> entry.getName().replace('/', '.'))
                    .filter(name -> name.startsWith(PACKAGE) && name.endsWith(".class"))
                    .map(name -> name.substring(0, name.length() - ".class".length()))
                    .filter(RedisClientInNativeImageTest::hasRandom).toList();
        }
    }

    private static boolean hasRandom(String name) {
        try {
            return Arrays.stream(Class.forName(name, false, Redis.class.getClassLoader()).getDeclaredFields())
                    .anyMatch(
                            field -> Modifier.isStatic(field.getModifiers()) && Random.class.isAssignableFrom(field.getType()));
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }
}
