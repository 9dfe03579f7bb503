package io.quarkiverse.imsession.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.Set;

import jakarta.annotation.security.PermitAll;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.imsession.ImSession;
import io.quarkiverse.imsession.ImSessions;
import io.quarkiverse.imsession.SessionId;
import io.quarkiverse.imsession.test.TestProvider;
import io.quarkiverse.imsession.test.Visitor;

/** Users who have logged in at a provider and act for others. */
class OidcActingTest extends OidcContract {

    @RegisterExtension
    static final TestApp APP = app(Acting.class).config("quarkus.imsession.acting.roles", "user")
            .config("quarkus.imsession.journal.enabled", "true");

    @Inject
    ImSessions sessions;

    @Path("/acting")
    public static class Acting {

        @Inject
        ImSession session;

        @GET
        @PermitAll
        @Path("begin")
        public void begin(@QueryParam("user") String user) {
            session.actAs(user, Set.of("user"), "ticket 4711");
        }

        @GET
        @PermitAll
        @Path("end")
        public void end() {
            session.endActing();
        }
    }

    @Test
    void identityIsThatOfTheUserAndTheProviderIsNotAsked() {
        Visitor visitor = acting("ada", "bob");
        assertThat(visitor.get("/user").body()).isEqualTo("bob bob [user]");
        assertThat(visitor.get("/by-session").body()).startsWith("bob ");
        assertThat(visitor.get("/fresh").statusCode()).isEqualTo(401);
        assertThat(visitor.cookies()).containsOnlyKeys("connsid");
    }

    @Test
    void tokensOfWhoActsAreNotThoseOfTheUser() {
        Visitor visitor = loggedIn("ada");
        String access = visitor.get("/access").body();
        assertThat(access).isNotBlank();
        visitor.get("/acting/begin?user=bob");
        assertThat(session(visitor).attributes().keySet()).noneMatch(name -> name.startsWith("@private:"));
        assertThat(session(visitor).toString()).doesNotContain(access);
        for (String path : new String[] { "/access", "/tokens", "/sid" }) {
            assertThat(visitor.get(path).body()).as(path).doesNotContain(access).doesNotContain("ada");
        }
    }

    @Test
    void logOutOfWhoActsAtTheProviderEndsIt() {
        tell("sid", "s-acting");
        Visitor visitor = acting("ada", "bob");
        tell("sid", "s-other");
        Visitor other = acting("ada", "bob");
        String token = TestProvider.logoutToken(provider(), "sid=%22s-acting%22&sub=%22sub-ada%22");
        assertThat(visitor().post("/back-channel-logout", "logout_token=" + token).statusCode()).isEqualTo(200);
        assertThat(visitor.get("/who").body()).isEqualTo("- -");
        assertThat(other.get("/who").body()).isEqualTo("bob bob");
        assertThat(told("bob", visitor)).containsExactly("ENDED PROVIDER", "ACTED_FOR REQUEST");
        assertThat(told("bob", other)).containsExactly("ACTED_FOR REQUEST");
    }

    @Test
    void logOutAtTheProviderIsToldInTheJournalOfItsUser() {
        tell("sid", "s-told");
        Visitor visitor = loggedIn("ines");
        tell("sid", "s-not-told");
        Visitor other = loggedIn("ines");
        String token = TestProvider.logoutToken(provider(), "sid=%22s-told%22&sub=%22sub-ines%22");
        assertThat(visitor().post("/back-channel-logout", "logout_token=" + token).statusCode()).isEqualTo(200);
        assertThat(told("ines", visitor)).containsExactly("ENDED PROVIDER", "LOGGED_IN REQUEST");
        assertThat(told("ines", other)).containsExactly("LOGGED_IN REQUEST");
    }

    private List<String> told(String user, Visitor visitor) {
        String id = visitor.cookies().get("connsid").substring(0, SessionId.LENGTH);
        return sessions.journal(ImSession.PRINCIPAL, user).stream().filter(entry -> entry.sessionId().value().equals(id))
                .map(entry -> entry.kind() + " " + entry.cause()).toList();
    }

    @Test
    void whoeverHasActedIsSentToTheProviderAndIsNobodyElse() {
        Visitor visitor = acting("ada", "bob");
        visitor.get("/data?cart=7");
        visitor.get("/acting/end");
        assertThat(visitor.get("/who").body()).isEqualTo("- -");
        HttpResponse<String> sent = visitor.get("/user");
        assertThat(sent.statusCode()).isEqualTo(302);
        assertThat(sent.headers().firstValue("Location").orElseThrow()).startsWith(provider() + "/authorize");
        tell("user", "ada");
        assertThat(visitor.visit("/user").body()).isEqualTo("ada ada [user]");
        assertThat(visitor.get("/data").body()).doesNotContain("cart");
    }

    @Test
    void applicationThatConfirmsLogInsMakesNoneOfIt() {
        Visitor visitor = acting("ada", "bob");
        assertThat(visitor.get("/confirm").statusCode()).isEqualTo(500);
        assertThat(session(visitor).attributes()).containsKey("@acting");
    }

    private static Visitor acting(String actor, String user) {
        Visitor visitor = loggedIn(actor);
        assertThat(visitor.get("/acting/begin?user=" + user).statusCode()).isEqualTo(204);
        assertThat(visitor.get("/who").body()).isEqualTo(user + ' ' + user);
        return visitor;
    }
}
