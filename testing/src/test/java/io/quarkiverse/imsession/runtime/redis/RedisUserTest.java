package io.quarkiverse.imsession.runtime.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.imsession.Reference;
import io.quarkiverse.imsession.SessionData;
import io.quarkiverse.imsession.SessionId;
import io.quarkiverse.imsession.runtime.store.BuiltInStoreContract;
import io.quarkiverse.imsession.spi.IndexedSessionStore;
import io.quarkiverse.imsession.spi.JournalStore;
import io.quarkiverse.imsession.spi.SessionChanges;
import io.quarkiverse.imsession.spi.SessionToken;
import io.quarkiverse.imsession.spi.TokenChange;
import io.quarkiverse.imsession.test.Pages;
import io.quarkiverse.imsession.test.RedisServer;

/** The store needs no more than the permissions that the page on operations gives to a user of Redis. */
class RedisUserTest extends BuiltInStoreContract {

    private static final String SET_USER = "ACL SETUSER ";

    @RegisterExtension
    static final RedisFixture<RedisServer> REDIS = RedisFixture.standaloneAs(userOfThePage(), "change-me", "imsession",
            "user_id", "tenant");

    private static List<String> userOfThePage() {
        String command = Pages.blocks("shell").stream().map(Pages.Block::code).filter(code -> code.contains(SET_USER))
                .findFirst().orElseThrow();
        return List.of(command.substring(command.indexOf(SET_USER) + SET_USER.length()).replaceAll("['\\\\]", "")
                .trim().split("\\s+"));
    }

    @Override
    protected IndexedSessionStore store() {
        return REDIS.store();
    }

    @Override
    protected Duration timeToLive(SessionId id) {
        return Duration.ofMillis((Long) REDIS.server().command("PTTL", REDIS.keys().session(id)));
    }

    @Test
    void changesAreTold() throws Exception {
        CompletableFuture<Void> listening = new CompletableFuture<>();
        CompletableFuture<SessionId> changed = new CompletableFuture<>();
        REDIS.store().listen(new SessionChanges.Listener() {
            @Override
            public void listening() {
                listening.complete(null);
            }

            @Override
            public void alive(long time) {
            }

            @Override
            public void changed(SessionId id) {
                changed.complete(id);
            }

            @Override
            public void allChanged() {
            }

            @Override
            public void lost() {
            }
        }, Duration.ofSeconds(1));
        listening.get(10, TimeUnit.SECONDS);

        SessionToken token = create(SessionData.of("a", 1));
        update(token, Map.of("a", "2"), Set.of(), TokenChange.KEEP);
        assertThat(changed.get(10, TimeUnit.SECONDS)).isEqualTo(token.id());
    }

    @Test
    void journalIsKept() {
        JournalStore.Limits limits = new JournalStore.Limits(10, Duration.ofDays(1));
        Reference user = Reference.of("user_id", 7);
        await(REDIS.store().appendToJournal(user, Map.of("kind", "logged_in"), limits));
        assertThat(await(REDIS.store().readJournal(user, 10, limits))).hasSize(1);
        assertThat(await(REDIS.store().eraseJournal(user))).isTrue();
    }
}
