package io.quarkiverse.imsession.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.imsession.SessionId;
import io.quarkiverse.imsession.runtime.session.GuardedStore;
import io.quarkiverse.imsession.spi.Presented;
import io.quarkiverse.imsession.spi.SessionUpdate;
import io.quarkiverse.imsession.spi.TokenChange;
import io.quarkiverse.imsession.test.Visitor;

/** An application without keys of its own for tokens, whose client has a secret. */
@Tag("further")
class EncryptedBySecretTest extends OidcContract {

    private static final String TOKENS = "@private:oidc:Default";

    @RegisterExtension
    static final TestApp APP = app();

    @Inject
    GuardedStore store;

    @Test
    void storeHasNoTokenInClearWithoutAKeyOfItsOwn() {
        assertThat(tokens(loggedIn("augusta-ada-king"))).contains("\"cookie\":\"q_session\"")
                .doesNotContainPattern("eyJ[\\w-]+\\.eyJ").doesNotContain("access_token").doesNotContain("augusta-ada-king");
    }

    @Test
    void tokensThatWereStoredInClearAreRead() {
        Visitor ada = loggedIn("ada");
        String before = tokensInClear(ada);
        assertThat(before).contains("access");
        store.update(id(ada), new SessionUpdate(session(ada), (Presented) null, Map.of(TOKENS, before), Set.of(),
                TokenChange.KEEP, null, Long.MAX_VALUE)).toCompletableFuture().join();
        assertThat(ada.get("/user").body()).isEqualTo("ada ada [user]");
    }

    private static SessionId id(Visitor visitor) {
        return new SessionId(visitor.cookies().get("connsid").substring(0, 22));
    }

    private static String tokens(Visitor visitor) {
        return session(visitor).attributes().get(TOKENS);
    }
}
