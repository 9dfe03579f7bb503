package io.quarkiverse.imsession.test;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;

/**
 * What static initializers do that belongs into a running application: they run while a native image is built, and what they
 * make or read is baked into it.
 */
public final class StaticInitializers {

    private static final Set<String> ANY_CALL = Set.of("java.nio.file.Files", "java.io.FileInputStream",
            "java.io.FileOutputStream", "java.io.FileReader", "java.io.FileWriter", "java.io.RandomAccessFile",
            "java.util.SplittableRandom", "java.util.concurrent.ThreadLocalRandom", "java.security.KeyPairGenerator",
            "javax.crypto.KeyGenerator", "java.lang.Thread", "java.util.Timer", "java.util.concurrent.Executors",
            "java.util.concurrent.ForkJoinPool", "java.lang.Process", "java.lang.ProcessBuilder", "java.lang.ProcessHandle",
            "java.lang.Runtime", "java.net.Socket", "java.net.ServerSocket", "java.net.DatagramSocket",
            "java.net.InetAddress", "java.net.NetworkInterface", "java.net.http.HttpClient",
            "org.eclipse.microprofile.config.ConfigProvider");
    private static final Map<String, Set<String>> SOME_CALLS = Map.of(
            "java.io.File", Set.of("createTempFile", "createNewFile", "mkdir", "mkdirs", "deleteOnExit"),
            "java.util.UUID", Set.of("randomUUID"),
            "java.lang.Math", Set.of("random"),
            "java.lang.System",
            Set.of("getenv", "getProperty", "getProperties", "setProperty", "currentTimeMillis", "nanoTime"),
            "java.util.concurrent.CompletableFuture", Set.of("runAsync", "supplyAsync"),
            "io.vertx.core.Vertx", Set.of("vertx", "clusteredVertx"),
            "io.vertx.redis.client.Redis", Set.of("createClient"));

    private StaticInitializers() {
    }

    /** A line for each such call, also through other methods of the classes; what lambdas do later does not count. */
    public static List<String> callsOfRunTime(JavaClasses classes) {
        List<String> found = new ArrayList<>();
        for (JavaClass type : classes) {
            type.getStaticInitializer().ifPresent(initializer -> look(initializer, classes, found));
        }
        return found;
    }

    private static void look(JavaCodeUnit initializer, JavaClasses classes, List<String> found) {
        Set<JavaCodeUnit> seen = new HashSet<>(Set.of(initializer));
        Deque<JavaCodeUnit> next = new ArrayDeque<>(seen);
        while (!next.isEmpty()) {
            for (JavaCall<?> call : next.remove().getCallsFromSelf()) {
                if (call.isDeclaredInLambda()) {
                    continue;
                }
                if (isOfRunTime(call)) {
                    found.add(initializer.getOwner().getName() + " calls " + call.getTarget().getFullName());
                }
                call.getTarget().resolveMember().filter(JavaCodeUnit.class::isInstance).map(JavaCodeUnit.class::cast)
                        .filter(unit -> classes.contain(unit.getOwner().getName()) && seen.add(unit)).ifPresent(next::add);
            }
        }
    }

    private static boolean isOfRunTime(JavaCall<?> call) {
        JavaClass owner = call.getTargetOwner();
        String name = call.getTarget().getName();
        return ANY_CALL.contains(owner.getName()) || owner.isAssignableTo(Random.class)
                || owner.getPackageName().equals("java.time") && name.equals("now")
                || SOME_CALLS.getOrDefault(owner.getName(), Set.of()).contains(name);
    }
}
