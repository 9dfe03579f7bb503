package io.quarkiverse.imsession.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.imsession.SessionId;
import io.quarkiverse.imsession.runtime.session.GuardedStore;
import io.quarkiverse.imsession.spi.SessionUpdate;
import io.quarkiverse.imsession.spi.StoredSession;
import io.quarkiverse.imsession.spi.TokenChange;
import io.quarkiverse.imsession.spi.TokenHash;
import io.quarkiverse.imsession.test.Visitor;
import io.quarkus.arc.Unremovable;
import io.quarkus.oidc.OidcRedirectFilter;
import io.quarkus.oidc.Redirect;

/** Tokens that have expired for one request, while another instance stores new ones. */
@Tag("further")
class DroppedTokensTest extends OidcContract {

    private static final String TOKENS = "@private:oidc:Default";

    @RegisterExtension
    static final TestApp APP = app(Meanwhile.class);

    @Inject
    GuardedStore store;

    @Test
    void requestWithOldTokensDoesNotDropNewOnes() {
        String fresh = tokensInClear(loggedIn("ada"));
        Visitor ada = withExpiredTokens();
        Meanwhile.action.set(() -> store
                .update(id(ada), new SessionUpdate(stored(ada), (TokenHash) null, Map.of(TOKENS, fresh), Set.of(),
                        TokenChange.KEEP, null))
                .toCompletableFuture().join());
        assertThat(ada.get("/user").statusCode()).isEqualTo(302);
        assertThat(Meanwhile.action).hasNullValue();
        assertThat(stored(ada).attributes()).containsEntry(TOKENS, fresh);
        assertThat(ada.get("/user").body()).isEqualTo("ada ada [user]");
    }

    @Test
    void requestWithExpiredTokensDropsThem() {
        Visitor ada = withExpiredTokens();
        assertThat(ada.get("/user").statusCode()).isEqualTo(302);
        assertThat(stored(ada).attributes()).doesNotContainKey(TOKENS);
    }

    private Visitor withExpiredTokens() {
        tell("idLifetime", 2);
        tell("user", "ada");
        Visitor visitor = visitor();
        // On a slow machine, the tokens may expire before the log-in is over.
        Awaitility.await().until(() -> {
            String login = visitor.get("/user").headers().firstValue("Location").orElseThrow();
            visitor.get(visitor().get(login).headers().firstValue("Location").orElseThrow());
            return visitor.cookies().containsKey("connsid") && stored(visitor).attributes().containsKey(TOKENS);
        });
        long expires = Long.parseLong(stored(visitor).attributes().get(TOKENS).replaceAll(".*\"exp\":(\\d+).*", "$1"));
        Awaitility.await().until(() -> System.currentTimeMillis() / 1000 > expires);
        tell("idLifetime", 300);
        return visitor;
    }

    private StoredSession stored(Visitor visitor) {
        return store.load(id(visitor)).toCompletableFuture().join();
    }

    private static SessionId id(Visitor visitor) {
        return new SessionId(visitor.cookies().get("connsid").substring(0, 22));
    }

    /** Acts when a request has dropped its tokens, and has not stored that yet. */
    @Singleton
    @Unremovable
    @Redirect(Redirect.Location.OIDC_AUTHORIZATION)
    public static class Meanwhile implements OidcRedirectFilter {

        static final AtomicReference<Runnable> action = new AtomicReference<>();

        @Override
        public void filter(OidcRedirectContext redirect) {
            Runnable next = action.getAndSet(null);
            if (next != null) {
                next.run();
            }
        }
    }
}
