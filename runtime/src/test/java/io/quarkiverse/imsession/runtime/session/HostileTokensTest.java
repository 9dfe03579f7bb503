package io.quarkiverse.imsession.runtime.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.imsession.SessionData;
import io.quarkiverse.imsession.runtime.admin.SessionAdministrationContract;
import io.quarkiverse.imsession.runtime.redis.RedisFixture;
import io.quarkiverse.imsession.spi.NewSession;
import io.quarkiverse.imsession.spi.SessionToken;
import io.quarkiverse.imsession.test.RedisServer;
import io.quarkiverse.imsession.test.hostile.CommandCount;
import io.quarkiverse.imsession.test.hostile.HostileRun;
import io.quarkiverse.imsession.test.hostile.HostileTarget;
import io.quarkiverse.imsession.test.hostile.HostileTexts;

/** Whatever comes as a token: it is no session unless it was issued, and costs at most one command. */
@Tag("sized")
class HostileTokensTest {

    private static final int AT_ONCE = 64;
    private static final SessionPolicy POLICY = SessionAdministrationContract.policy(Set.of());

    @RegisterExtension
    static final RedisFixture<RedisServer> REDIS = RedisFixture.standalone("hostile");

    @Test
    void onlyIssuedTokensAreSessions() throws Exception {
        run("tokens", new TokenCodec(List.of()));
    }

    @Test
    void onlySignedTokensReachTheStore() throws Exception {
        run("signed tokens", new TokenCodec(List.of("k".repeat(32), "l".repeat(32))));
    }

    private static void run(String name, TokenCodec codec) throws Exception {
        SessionToken issued = codec.generate();
        REDIS.store().create(issued.id(), new NewSession(issued.hash(), SessionData.of("a", 1), POLICY.expiry(null)))
                .toCompletableFuture().join();
        String known = codec.encode(issued, 1);
        try (CommandCount commands = new CommandCount(REDIS.server().port())) {
            HostileRun.run(name, 10, AT_ONCE, HostileTexts.token(List.of(known)), new Tokens(codec, known, commands));
        }
    }

    private record Tokens(TokenCodec codec, String known, CommandCount commands) implements HostileTarget<String> {

        @Override
        public void prepare(List<String> texts) throws IOException {
            commands.start();
        }

        @Override
        public Optional<String> attempt(List<String> texts) throws IOException {
            SessionLoader loader = new SessionLoader(new GuardedStore(REDIS.store(), SessionMetrics.NONE), codec, POLICY,
                    SessionEvents.NONE, null);
            List<CompletableFuture<RequestSession>> loads = new ArrayList<>();
            texts.forEach(text -> loads.add(loader.load(Set.of(text), Set::of).toCompletableFuture()));
            for (int i = 0; i < texts.size(); i++) {
                RequestSession session = loads.get(i).join();
                assertThat(session.exists()).isEqualTo(texts.get(i).equals(known));
                assertThat(session.csrf().verify(texts.get(i))).isFalse();
            }
            return commands.exceeds(texts.stream().filter(text -> codec.decode(text) != null).count(), 0);
        }
    }
}
