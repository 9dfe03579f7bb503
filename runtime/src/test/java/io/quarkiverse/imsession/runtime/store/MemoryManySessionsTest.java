package io.quarkiverse.imsession.runtime.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

import org.junit.jupiter.api.Test;

import io.quarkiverse.imsession.SessionData;
import io.quarkiverse.imsession.spi.Expiry;
import io.quarkiverse.imsession.spi.NewSession;
import io.quarkiverse.imsession.spi.SessionToken;
import io.quarkiverse.imsession.spi.SessionUpdate;
import io.quarkiverse.imsession.spi.StoredSession;
import io.quarkiverse.imsession.spi.TokenChange;

/** As many live sessions as the memory store keeps by default make no call of one of them dearer. */
class MemoryManySessionsTest {

    private static final int MANY = 100_000;
    private static final int FEW = 100;
    private static final int CALLS = 20_000;
    private static final int ROUNDS = 5;
    /** Far more than memory costs that is in no cache, on a busy machine too. Work for each session would be a thousandfold. */
    private static final double FACTOR = 50;

    private static final Expiry EXPIRY = new Expiry(Duration.ofDays(1), null, null);

    private final ThreadMXBean cpu = ManagementFactory.getThreadMXBean();
    private final SecureRandom secureRandom = new SecureRandom();
    private final Random random = new Random(1);
    private final MemorySessionStore store = new MemorySessionStore(MANY, SessionLimits.NONE);
    private final List<SessionToken> tokens = new ArrayList<>();

    @Test
    void aHundredThousandLiveSessionsSlowNoCall() {
        fill(FEW);
        use();
        long few = leastCpu();
        fill(MANY);
        long many = leastCpu();

        assertThat(tokens).allMatch(token -> load(token) != null);
        assertThat((double) many).isLessThan(FACTOR * few);
    }

    private void fill(int count) {
        while (tokens.size() < count) {
            SessionToken token = SessionToken.generate(secureRandom);
            store.create(token.id(), new NewSession(token.hash(), SessionData.of("user_id", tokens.size()), EXPIRY))
                    .toCompletableFuture().join();
            tokens.add(token);
        }
    }

    /** Of this thread alone, in nanoseconds. */
    private long leastCpu() {
        long least = Long.MAX_VALUE;
        for (int round = 0; round < ROUNDS; round++) {
            long begin = cpu.getCurrentThreadCpuTime();
            use();
            least = Math.min(least, cpu.getCurrentThreadCpuTime() - begin);
        }
        return least;
    }

    private void use() {
        for (int i = 0; i < CALLS; i++) {
            SessionToken token = tokens.get(random.nextInt(tokens.size()));
            StoredSession stored = load(token);
            store.update(token.id(), new SessionUpdate(stored, token.hash(), Map.of("views", Integer.toString(i)), Set.of(),
                    TokenChange.KEEP, EXPIRY)).toCompletableFuture().join();
        }
    }

    private StoredSession load(SessionToken token) {
        return store.load(token.id()).toCompletableFuture().join();
    }
}
