package io.quarkiverse.imsession.runtime.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.logging.Level;
import java.util.logging.Logger;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.imsession.ReactiveImSessions;
import io.quarkiverse.imsession.SessionConflictException;
import io.quarkiverse.imsession.SessionData;
import io.quarkiverse.imsession.SessionDecodingException;
import io.quarkiverse.imsession.SessionId;
import io.quarkiverse.imsession.SessionTooLargeException;
import io.quarkiverse.imsession.runtime.admin.AdministrationAccess;
import io.quarkiverse.imsession.runtime.admin.SessionAdministrationContract;
import io.quarkiverse.imsession.runtime.redis.RedisFixture;
import io.quarkiverse.imsession.test.RedisServer;
import io.quarkiverse.imsession.test.hostile.CommandCount;
import io.quarkiverse.imsession.test.hostile.HostileHash;
import io.quarkiverse.imsession.test.hostile.HostileRun;
import io.quarkiverse.imsession.test.hostile.HostileTarget;
import io.quarkiverse.imsession.test.hostile.StoredHashes;
import io.smallrye.mutiny.Uni;

/**
 * Whatever Redis holds under the key of a session: it is a session or none. It is never a failure, but for the application
 * that reads a field that cannot be decoded.
 */
@Tag("sized")
class HostileSessionsTest {

    private static final int AT_ONCE = 16;
    private static final int OK = 200;
    private static final Set<String> REFERENCES = Set.of("user_id");
    private static final SessionPolicy POLICY = SessionAdministrationContract.policy(REFERENCES);

    @RegisterExtension
    static final RedisFixture<RedisServer> REDIS = RedisFixture.standalone("hostile", "user_id");

    private final Logger log = Logger.getLogger("io.quarkiverse.imsession");

    /** Replayed tokens are warned of, one by one. */
    @BeforeEach
    void quiet() {
        log.setLevel(Level.SEVERE);
    }

    @AfterEach
    void loud() {
        log.setLevel(null);
    }

    @Test
    void everyKeyIsASessionOrNone() throws Exception {
        int port = REDIS.server().port();
        try (StoredHashes stored = new StoredHashes(port, "hostile", AT_ONCE); CommandCount commands = new CommandCount(port)) {
            HostileRun.run("stored sessions", 15, AT_ONCE, HostileHash.hashes(), new Sessions(stored, commands));
        }
    }

    private static final class Sessions implements HostileTarget<HostileHash> {

        private final StoredHashes stored;
        private final CommandCount commands;
        private final TokenCodec tokens = new TokenCodec(List.of());
        private final SessionEvents events = SessionEvents.NONE;
        private final GuardedStore store = new GuardedStore(REDIS.store(), SessionMetrics.NONE);
        private final SessionCommitter committer = new SessionCommitter(store, new UpdateTurns(), tokens, POLICY, events, null);
        private final SessionLoader loader = new SessionLoader(store, tokens, POLICY, events, committer);
        private final ReactiveImSessions administration = AdministrationAccess.of(REDIS.store(), POLICY.timeout(), REFERENCES);

        Sessions(StoredHashes stored, CommandCount commands) {
            this.stored = stored;
            this.commands = commands;
        }

        @Override
        public void prepare(List<HostileHash> hashes) throws IOException {
            stored.put(hashes);
            commands.start();
        }

        @Override
        public Optional<String> attempt(List<HostileHash> hashes) throws IOException {
            List<CompletableFuture<RequestSession>> loads = new ArrayList<>();
            for (int i = 0; i < hashes.size(); i++) {
                loads.add(loader.load(Set.of(stored.token(i, hashes.get(i))), Set::of).toCompletableFuture());
            }
            List<RequestSession> sessions = loads.stream().map(CompletableFuture::join).toList();
            Optional<String> tooMany = commands.exceeds(hashes.size(), 0);
            List<CompletableFuture<?>> commits = new ArrayList<>();
            for (int i = 0; i < hashes.size(); i++) {
                use(sessions.get(i), hashes.get(i).write());
                CompletionStage<CommitResult> stored = committer.commit(sessions.get(i), OK, false);
                if (stored != null) {
                    commits.add(stored.exceptionally(refused -> {
                        assertThat(refused).isInstanceOf(SessionConflictException.class);
                        return null;
                    }).toCompletableFuture());
                }
            }
            commits.forEach(CompletableFuture::join);
            List<CompletableFuture<?>> administered = new ArrayList<>();
            for (int i = 0; i < hashes.size(); i++) {
                administered.add(administer(stored.id(i)).subscribeAsCompletionStage());
            }
            administered.forEach(CompletableFuture::join);
            return tooMany;
        }

        private static void use(RequestSession session, boolean write) {
            SessionData data = session.data();
            data.names().forEach(name -> {
                try {
                    data.get(name, Object.class);
                } catch (SessionDecodingException e) {
                    assertThat(e).hasNoCause();
                }
            });
            assertThat(data.sizeInBytes()).isNotNegative();
            session.id();
            session.createdAt();
            session.expiresAt();
            session.authenticatedAt();
            session.isFresh(Duration.ofMinutes(5));
            String token = session.csrf().token();
            assertThat(session.csrf().verify(token)).isEqualTo(session.exists());
            if (write && session.exists()) {
                count(session);
            }
        }

        private static void count(RequestSession session) {
            try {
                session.update(data -> data.with("count", 1));
            } catch (SessionTooLargeException e) {
                assertThat(session.data().sizeInBytes()).isGreaterThan(POLICY.maxSize() / 2);
            } catch (IllegalArgumentException e) {
                assertThat(session.data().names()).hasSizeGreaterThanOrEqualTo(SessionData.MAX_FIELDS);
            }
        }

        /** What an administrator does with a session: show it, change it, end it. */
        private Uni<Boolean> administer(SessionId id) {
            return administration.get(id).chain(() -> administration.get(id, Set.of("theme")))
                    .chain(() -> administration.touch(id))
                    .chain(() -> administration.update(id, SessionData.of("count", 2))
                            .onFailure(failure -> failure instanceof SessionTooLargeException
                                    || failure instanceof IllegalArgumentException)
                            .recoverWithItem(false))
                    .chain(() -> administration.destroy(id));
        }
    }
}
