package io.quarkiverse.imsession.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Set;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.imsession.SessionId;
import io.quarkiverse.imsession.runtime.login.TokenKeys;
import io.quarkiverse.imsession.runtime.session.GuardedStore;
import io.quarkiverse.imsession.spi.SessionUpdate;
import io.quarkiverse.imsession.spi.StoredSession;
import io.quarkiverse.imsession.spi.TokenChange;
import io.quarkiverse.imsession.spi.TokenHash;
import io.quarkiverse.imsession.test.Visitor;

/** Tokens that are encrypted in the store, and what happens if they are not as they were. */
@Tag("further")
class DamagedTokensTest extends OidcContract {

    private static final String TOKENS = "@private:oidc:Default";

    @RegisterExtension
    static final TestApp APP = app()
            .config("quarkus.imsession.oidc.encryption-keys", "a key of 32 characters that only tests know of")
            .config("quarkus.imsession.oidc.max-size", "8K");

    @Inject
    GuardedStore store;

    @Test
    void storeHasNoTokenInClear() {
        // Encrypted texts have short words by chance.
        String text = tokens(loggedIn("augusta-ada-king"));
        assertThat(text).contains("\"cookie\":\"q_session\"").doesNotContainPattern("eyJ[\\w-]+\\.eyJ")
                .doesNotContain("access_token").doesNotContain("augusta-ada-king");
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "x", "{}", "{\"v\":1}",
            "{\"v\":2,\"cookie\":\"q_session\",\"in\":1,\"got\":1,\"exp\":1,\"gen\":0,\"body\":\"{}\"}",
            "{\"v\":1,\"cookie\":\"q_session\",\"in\":1,\"got\":1,\"exp\":1,\"gen\":0,\"body\":\"rubbish\"}",
            "{\"v\":1,\"cookie\":\"q_session\",\"in\":1,\"got\":1,\"exp\":1,\"gen\":0,\"body\":\"\"}",
            "{\"v\":1,\"cookie\":\"q_session\",\"in\":1,\"got\":1,\"exp\":1,\"gen\":0,\"body\":\"{\\\"id\\\":\\\"x\\\"}\"}",
            "{\"v\":1,\"cookie\":\"q_session_other\",\"in\":1,\"got\":1,\"exp\":1,\"gen\":0,\"body\":\"{}\"}" })
    void damagedTokensAreANewLogInThatKeepsTheData(String damaged) {
        Visitor ada = loggedIn("ada");
        ada.get("/data?cart=7");
        set(ada, damaged);
        HttpResponse<String> first = ada.get("/user");
        if (first.statusCode() == 401) {
            // The mechanism refuses what is no token at all, and the next request is a log-in.
            first = ada.get("/user");
        }
        assertThat(first.statusCode()).isEqualTo(302);
        assertThat(ada.visit("/user").body()).startsWith("ada ada");
        assertThat(ada.get("/data").body()).contains("cart=7");
    }

    @Test
    void tokensThatNoKeyDecryptsStayForTheInstancesThatHaveTheirKey() {
        Visitor ada = loggedIn("ada");
        String others = new TokenKeys(List.of("a key of 32 characters that only other instances have")).seal("{}", "x");
        set(ada, tokens(ada).replaceAll("\"body\":\"[^\"]*\"", "\"body\":\"" + others + '"'));
        String before = tokens(ada);
        assertThat(ada.get("/user").statusCode()).isEqualTo(302);
        assertThat(ada.get("/user").statusCode()).isEqualTo(302);
        assertThat(tokens(ada)).isEqualTo(before);
        assertThat(ada.visit("/user").body()).startsWith("ada ada");
        assertThat(tokens(ada)).isNotEqualTo(before);
    }

    @Test
    void tokensOfAnotherSessionAreNone() {
        Visitor ada = loggedIn("ada");
        Visitor bob = loggedIn("bob");
        set(ada, tokens(bob));
        assertThat(ada.get("/user").statusCode()).isEqualTo(302);
    }

    @Test
    void tokensThatAreTooLargeFailTheLogInWithASentence() {
        tell("tokenSize", 10_000);
        tell("user", "ada");
        Visitor visitor = visitor();
        assertThat(visitor.visit("/user").statusCode()).isEqualTo(401);
        assertThat(visitor.get("/who").body()).isEqualTo("- -");
    }

    private String tokens(Visitor visitor) {
        return stored(visitor).attributes().get(TOKENS);
    }

    private StoredSession stored(Visitor visitor) {
        return store.load(id(visitor)).toCompletableFuture().join();
    }

    private static SessionId id(Visitor visitor) {
        return new SessionId(visitor.cookies().get("connsid").substring(0, 22));
    }

    private void set(Visitor visitor, String text) {
        store.update(id(visitor), new SessionUpdate(stored(visitor), (TokenHash) null,
                text.isEmpty() ? Map.of() : Map.of(TOKENS, text), text.isEmpty() ? Set.of(TOKENS) : Set.of(), TokenChange.KEEP,
                null)).toCompletableFuture().join();
    }
}
