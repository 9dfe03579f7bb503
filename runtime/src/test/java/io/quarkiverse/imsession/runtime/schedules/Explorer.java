package io.quarkiverse.imsession.runtime.schedules;

import java.util.List;
import java.util.function.Predicate;

import org.jetbrains.lincheck.datastructures.ManagedStrategyGuaranteeKt;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;

/** How schedules are explored. Scenarios and schedules are the same in each run. */
final class Explorer {

    private static final int SCENARIOS = Integer.getInteger("imsession.schedules.scenarios", 2);
    private static final int SCHEDULES = Integer.getInteger("imsession.schedules.schedules", 50);

    /** Where threads are switched: in the code under test, and what it hands its own code to. */
    private static final List<String> EXPLORED = List.of("io.quarkiverse.imsession.runtime.",
            "io.quarkiverse.imsession.spi.SessionStore", "java.util.function.", "java.util.concurrent.Executor");
    /** What runs the code that waits for an answer or a turn. It makes many more schedules. */
    private static final String ANSWERS = "java.util.concurrent.CompletableFuture";
    /** What ends a wait that is too long. No schedule waits so long, and the fields of its threads cannot be read. */
    private static final String TIMERS = ANSWERS + "$Delayer";

    private Explorer() {
    }

    /**
     * Threads are switched before and after each operation of the maps that hold the sessions and the turns, at each lock,
     * and at each access to what threads share. So a call that looks at the map without the lock would be found.
     */
    static ModelCheckingOptions options(int threads, int operations) {
        return options(threads, operations, Explorer::isAside);
    }

    /** Threads are also switched in what is done after an answer of the store, and in a turn. */
    static ModelCheckingOptions optionsAlsoForAnswers(int threads, int operations) {
        return options(threads, operations, name -> isAside(name) && (!name.startsWith(ANSWERS) || name.startsWith(TIMERS)));
    }

    private static ModelCheckingOptions options(int threads, int operations, Predicate<String> aside) {
        return new ModelCheckingOptions().iterations(SCENARIOS).invocationsPerIteration(SCHEDULES)
                .threads(threads).actorsPerThread(operations).actorsBefore(0).actorsAfter(0)
                .addGuarantee(ManagedStrategyGuaranteeKt.forClasses(Explorer::isMap).allMethods().treatAsAtomic())
                .addGuarantee(ManagedStrategyGuaranteeKt.forClasses(aside::test).allMethods().ignore());
    }

    private static boolean isMap(String className) {
        return className.equals("java.util.LinkedHashMap") || className.equals("java.util.concurrent.ConcurrentHashMap");
    }

    private static boolean isAside(String className) {
        return EXPLORED.stream().noneMatch(className::startsWith);
    }
}
