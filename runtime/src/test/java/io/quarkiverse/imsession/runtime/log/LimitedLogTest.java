package io.quarkiverse.imsession.runtime.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.stream.IntStream;

import org.jboss.logging.Logger;
import org.jboss.logging.Logger.Level;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.quarkiverse.imsession.SessionStoreException;

class LimitedLogTest {

    private static final String CATEGORY = LimitedLogTest.class.getName();
    private static final long SECOND = 1_000_000_000L;

    private final java.util.logging.Logger logger = java.util.logging.Logger.getLogger(CATEGORY);
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord line) {
            lines.add(line.getMessage());
        }

        @Override
        public void flush() {
        }

        @Override
        public void close() {
        }
    };

    /** The clock counts from anywhere, and goes over its end. */
    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - SECOND);
    private final LimitedLog log = new LimitedLog(Logger.getLogger(CATEGORY), Level.WARN, nanos::get);

    @BeforeEach
    void listen() {
        logger.setUseParentHandlers(false);
        logger.addHandler(handler);
    }

    @AfterEach
    void stopListening() {
        logger.removeHandler(handler);
        logger.setUseParentHandlers(true);
    }

    @Test
    void tenLinesAreWrittenInTenSecondsAndTheNextOneTellsHowManyWereLeftOut() {
        for (int i = 0; i < 1000; i++) {
            log.log("Line %s", i);
        }
        assertThat(lines).containsExactlyElementsOf(IntStream.range(0, 10).mapToObj(i -> "Line " + i).toList());

        nanos.addAndGet(10 * SECOND);
        log.log("Later");
        log.log("Latest");
        assertThat(lines.subList(10, lines.size())).containsExactly("Later (990 such lines were left out before)", "Latest");
    }

    @Test
    void linesThatComeSeldomAreAllWritten() {
        for (int i = 0; i < 100; i++) {
            log.log("Line");
            nanos.addAndGet(SECOND);
        }
        assertThat(lines).hasSize(100).allMatch("Line"::equals);
    }

    @Test
    void aPercentSignInAMessageIsNoFormat() {
        log.log("100%");
        log.log("%s", "50% %s");
        assertThat(lines).containsExactly("100%", "50% %s");
    }

    @Test
    void foreignMessagesOfFailuresAreLeftOut() {
        log.log("%s failed: %s", "One", new IllegalStateException("secret"));
        log.log("%s failed: %s", "Two", new CompletionException("secret", new IllegalStateException("secret")));
        log.log("%s failed: %s", "Three", new CompletionException(new SessionStoreException("ours", new Error("secret"))));
        assertThat(lines).containsExactly("One failed: java.lang.IllegalStateException",
                "Two failed: java.lang.IllegalStateException", "Three failed: ours");
    }

    @Test
    void noLineIsLostFromTheCountHoweverManyThreadsWrite() throws Exception {
        int threads = 8;
        int each = 1000;
        CyclicBarrier begin = new CyclicBarrier(threads);
        CompletableFuture.allOf(IntStream.range(0, threads).mapToObj(thread -> CompletableFuture.runAsync(() -> {
            try {
                begin.await();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
            for (int i = 0; i < each; i++) {
                log.log("Line");
            }
        }, task -> new Thread(task).start())).toArray(CompletableFuture[]::new)).get();
        assertThat(lines).hasSize(10);

        nanos.addAndGet(10 * SECOND);
        log.log("Later");
        assertThat(lines.get(10)).isEqualTo("Later (" + (threads * each - 10) + " such lines were left out before)");
    }

    @Test
    void aLineThatIsLeftOutAllocatesNothing() {
        com.sun.management.ThreadMXBean memory = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        Throwable failure = new IllegalStateException("secret");
        String id = "id";
        long allocated = Long.MAX_VALUE;
        for (int round = 0; round < 20; round++) {
            long before = memory.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < 10_000; i++) {
                log.log("Session %s failed: %s", id, failure);
            }
            allocated = Math.min(allocated, memory.getCurrentThreadAllocatedBytes() - before);
        }
        assertThat(allocated).isLessThan(10_000);
    }
}
