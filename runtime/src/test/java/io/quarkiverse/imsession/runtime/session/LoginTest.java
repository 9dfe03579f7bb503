package io.quarkiverse.imsession.runtime.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.imsession.SessionData;
import io.quarkiverse.imsession.SessionTooLargeException;
import io.quarkiverse.imsession.runtime.config.ImSessionConfig.OnStoreFailure;
import io.quarkiverse.imsession.runtime.config.ImSessionConfig.Renewal;
import io.quarkiverse.imsession.spi.SessionToken;
import io.quarkiverse.imsession.spi.StoredSession;
import io.quarkiverse.imsession.spi.TokenState;

class LoginTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final SessionData ADA = SessionData.of("principal", "ada");

    private static final Login OIDC = Login.of("ada", Set.of("a"), "oidc:shop", "iss 7",
            Map.of("oidc.sub", "iss 7", "oidc.sid", "s"));
    private static final String TOKENS = "@private:oidc:shop";

    private final TokenCodec tokens = new TokenCodec(List.of());
    private final SessionToken token = SessionToken.generate(new SecureRandom());

    @Test
    void loginThatIsKeptIsReadAsItWas() {
        for (Login login : new Login[] { Login.of("ada", Set.of()), Login.of("ada", Set.of("b", "a", "\"{}\\ü")) }) {
            assertThat(Login.of(loaded(ADA, login.encode()))).isEqualTo(login);
        }
        assertThat(Login.of("ada", Set.of("b", "a")).encode()).isEqualTo("{\"principal\":\"ada\",\"roles\":[\"a\",\"b\"]}");
    }

    @Test
    void loginHoldsOnlyAsLongAsTheDataNamesItsPrincipal() {
        String kept = Login.of("ada", Set.of("admin")).encode();
        assertThat(Login.of(loaded(SessionData.of("principal", "bob"), kept))).isNull();
        assertThat(Login.of(loaded(SessionData.of("principal", 7), kept))).isNull();
        assertThat(Login.of(loaded(SessionData.empty(), kept))).isNull();
        assertThat(Login.of(loaded(ADA, kept).destroyed())).isNull();
        assertThat(Login.of(loaded(ADA, kept).destroyed().withData(ADA, token))).isNull();
        assertThat(Login.of(SessionState.NONE.withData(ADA, token))).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "x", "{", "[]", "7", "{}", "{\"principal\":\"ada\"}", "{\"roles\":[\"admin\"]}",
            "{\"principal\":\"ada\",\"roles\":\"admin\"}", "{\"principal\":null,\"roles\":[]}",
            "{\"principal\":[\"ada\"],\"roles\":[\"admin\"]}", "null" })
    void whatIsDamagedIsNoLogin(String kept) {
        assertThat(Login.of(loaded(ADA, kept))).isNull();
    }

    @Test
    void rolesThatAreNoTextsAreNone() {
        assertThat(Login.of(loaded(ADA, "{\"principal\":\"ada\",\"roles\":[\"a\",1,null,{}]}")).roles()).containsExactly("a");
    }

    @Test
    void nameAndRolesThatAreNotValidUnicodeAreRefused() {
        RequestSession session = session(true);
        assertThatThrownBy(() -> session.login("ada\ud83d", Set.of())).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> session.login("ada", Set.of("admin\ude00"))).isInstanceOf(IllegalArgumentException.class);
        assertThat(session.exists()).isFalse();
        session.login("ada", Set.of("\ud83d\ude00"));
        assertThat(session.principal()).contains("ada");
    }

    @Test
    void rolesThatAreMissingAreNamed() {
        assertThatThrownBy(() -> Login.of("ada", null)).isInstanceOf(NullPointerException.class)
                .hasMessage("The roles given to ImSession.login() are null");
        assertThatThrownBy(() -> Login.of("ada", Collections.singleton(null))).isInstanceOf(NullPointerException.class)
                .hasMessage("A role given to ImSession.login() is null");
    }

    @Test
    void rolesCountForTheSizeOfTheSession() {
        RequestSession session = session(true);
        assertThatThrownBy(() -> session.login("ada", Set.of("x".repeat(1000)))).isInstanceOf(SessionTooLargeException.class);
        assertThat(session.exists()).isFalse();
        session.login("ada", Set.of("x".repeat(900)));
        assertThat(session.principal()).contains("ada");
    }

    @Test
    void loginThatNobodyWouldKnowOfIsRefusedAndSaysWhatToSet() {
        RequestSession session = session(false);
        assertThatThrownBy(() -> session.login("ada", Set.of())).isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("quarkus.imsession.security.enabled=true");
        assertThat(session.exists()).isFalse();
    }

    @Test
    void loginIsThereInTheSameRequestAndGoesWithTheSession() {
        RequestSession session = session(true);
        session.login("ada", Set.of("admin"));
        assertThat(session.login()).isEqualTo(Login.of("ada", Set.of("admin")));
        session.login("bob", Set.of());
        assertThat(session.login()).isEqualTo(Login.of("bob", Set.of()));
        session.destroy();
        assertThat(session.principal()).isEmpty();
        session.set(SessionData.of("principal", "bob"));
        assertThat(session.principal()).isEmpty();
    }

    @Test
    void loginByOidcIsValidOnlyWithItsTokensAndTheFieldsThatFindIt() {
        SessionData data = OIDC.after(null, SessionData.empty());
        assertThat(data).isEqualTo(SessionData.of("principal", "ada", "oidc.sub", "iss 7", "oidc.sid", "s"));
        assertThat(Login.of(loaded(data, OIDC.encode()))).as("without tokens").isNull();
        assertThat(Login.owner(loaded(data, OIDC.encode()))).isEqualTo(OIDC);
        SessionState loggedIn = loaded(data, OIDC.encode()).with(Map.of(TOKENS, "{}"));
        assertThat(Login.of(loggedIn)).isEqualTo(OIDC);
        assertThat(Login.of(loggedIn.with(Map.of(TOKENS, "")))).isNull();
        assertThat(Login.of(loggedIn.withData(data.without("oidc.sid")))).isNull();
        assertThat(Login.of(loggedIn.withData(data.with("oidc.sub", "iss 8")))).isNull();
    }

    @Test
    void tokensThatAreDroppedAndSetAnewInOneRequestAreThere() {
        RequestSession session = session(true);
        session.login(OIDC, id -> "{1}", null);
        session.dropCredentials(TOKENS);
        assertThat(session.principal()).isEmpty();
        assertThat(session.data().names()).contains("principal");
        session.login(OIDC, id -> "{2}", null);
        assertThat(session.login()).isEqualTo(OIDC);
    }

    @Test
    void userWhoHasToLogInAgainKeepsTheDataAndAnotherOneGetsANewSession() {
        RequestSession session = session(true);
        session.login(OIDC, id -> "{}", null);
        session.update(data -> data.with("cart", 7));
        session.dropCredentials(TOKENS);
        session.login(OIDC, id -> "{}", null);
        assertThat(session.data().names()).contains("cart");
        session.login(Login.of("ada", Set.of(), "oidc:shop", "other 7", Map.of("oidc.sub", "other 7")), id -> "{}", null);
        assertThat(session.data().names()).containsExactlyInAnyOrder("principal", "oidc.sub");
        session.update(data -> data.with("cart", 7));
        session.login("ada", Set.of());
        assertThat(session.data().names()).as("a user of the application is another one").containsExactly("principal");
    }

    @Test
    void userWhoComesBackByAnotherMechanismOfTheApplicationKeepsTheData() {
        RequestSession session = session(true);
        session.login(Login.of("ada", Set.of("a"), "form", null, Map.of()), id -> "", null);
        session.update(data -> data.with("cart", 7));
        session.login("ada", Set.of("b"));
        assertThat(session.data().names()).contains("cart");
        assertThat(session.login().by()).isEqualTo("session");
    }

    @Test
    void sessionOfAUserOfAnotherMechanismIsKeptForThatUserOnlyAlsoIfTheNameHasSpaces() {
        for (String name : List.of("lovelace", "Mechanism ada lovelace", "ada  lovelace", " ada lovelace")) {
            RequestSession session = session(true);
            session.set(SessionData.of("cart", 7));
            session.own("org.acme.Mechanism ada lovelace", true);
            session.login(name, Set.of());
            assertThat(session.data().names()).as(name).containsExactly("principal");
        }
        for (String name : List.of("ada lovelace", "ada", " ada", "ada ")) {
            RequestSession session = session(true);
            session.set(SessionData.of("cart", 7));
            session.own("org.acme.Mechanism " + name, true);
            session.login(name, Set.of());
            assertThat(session.data().names()).as(name).contains("cart");
        }
    }

    @Test
    void timeOfAuthenticationIsThatOfTheProvider() {
        RequestSession session = session(true);
        session.login(OIDC, id -> "{}", Instant.now().minusSeconds(3600));
        assertThat(session.isFresh(Duration.ofMinutes(5))).isFalse();
        session.login(OIDC, id -> "{}", null);
        assertThat(session.isFresh(Duration.ofMinutes(5))).isTrue();
    }

    @Test
    void textOfALoginNamesNobody() {
        assertThat(Login.of("ada", Set.of("admin"))).hasToString("Login");
    }

    private RequestSession session(boolean logins) {
        return new RequestSession(SessionState.NONE, tokens,
                new SessionPolicy(Duration.ofHours(1), null, Renewal.ROTATE, null, 0.33, Duration.ofSeconds(10), false, null,
                        1000,
                        false, OnStoreFailure.FAIL, Set.of(), logins),
                null, null);
    }

    private SessionState loaded(SessionData data, String kept) {
        StoredSession stored = new StoredSession(TokenState.only(token.hash()), data,
                Map.of(Attributes.LOGIN, kept), 1, NOW, null,
                NOW.plusSeconds(60), null, NOW);
        return SessionState.of(new LoadedSession(token, TokenState.Check.CURRENT, stored));
    }
}
