package io.quarkiverse.imsession.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.stream.Stream;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.restassured.response.Response;

/** A mechanism of the application that keeps log-ins on its own, in a cookie, and one that takes them from a header. */
@Tag("further")
class OtherMechanismTest {

    @RegisterExtension
    static final TestApp APP = TestApp
            .of(LoginResource.class, Meeting.class, CookieMechanism.class, HeaderMechanism.class)
            .config("quarkus.imsession.security.enabled", "true").config("quarkus.oidc.enabled", "false")
            .logs(Level.WARNING, lines -> assertThat(lines).singleElement().asString()
                    .contains(CookieMechanism.class.getName(), "outside of the session"));

    @Test
    void sessionGetsANewTokenWhenItsVisitorLogsInAndKeepsItsData() {
        String anonymous = cart();
        Response first = get(anonymous, "ada", "/get?field=cart");
        first.then().statusCode(200).body(equalTo("7"));
        String renewed = Client.token(first);
        assertThat(renewed).isNotEqualTo(anonymous);
        Client.get("/get?field=cart", anonymous).then().body(equalTo("-"));
        get(renewed, "ada", "/get?field=cart").then().statusCode(200).body(equalTo("7")).header("Set-Cookie", nullValue());
    }

    /** Each of them finds a session that has no user yet. */
    @Test
    void parallelRequestsOfAUserWhoHasJustLoggedInSucceed() {
        String anonymous = cart();
        List<CompletableFuture<Response>> both = Stream.generate(() -> CompletableFuture.supplyAsync(
                () -> get(anonymous, "ada", "/meet"))).limit(2).toList();
        List<Response> answers = both.stream().map(CompletableFuture::join).toList();
        assertThat(answers).allSatisfy(answer -> answer.then().statusCode(200).body(equalTo("met")));
        List<Response> renewed = answers.stream().filter(answer -> answer.header("Set-Cookie") != null).toList();
        assertThat(renewed).hasSize(1);
        get(Client.token(renewed.get(0)), "ada", "/get?field=cart").then().body(equalTo("7"));
    }

    @Test
    void sessionEndsWhenAnotherUserComes() {
        String session = Client.token(get(cart(), "ada", "/who"));
        get(session, "bob", "/get?field=cart").then().statusCode(200).body(equalTo("-"));
        Client.get("/get?field=cart", session).then().body(equalTo("-"));
    }

    @Test
    void sessionOfALoginEndsWhenAnotherUserComesOnly() {
        String session = Client.token(Client.get("/login?user=ada", null));
        get(session, "ada", "/get?field=principal").then().body(equalTo("ada")).header("Set-Cookie", nullValue());
        get(session, "bob", "/get?field=principal").then().body(equalTo("-"));
        Client.get("/get?field=principal", session).then().body(equalTo("-"));
    }

    @Test
    void loginAfterwardsKeepsWhatIsOfTheSameUserOnly() {
        String session = Client.token(get(cart(), "ada", "/who"));
        String ada = Client.token(Client.get("/login?user=ada", session));
        Client.get("/get?field=cart", ada).then().body(equalTo("7"));
        session = Client.token(get(cart(), "ada", "/who"));
        String bob = Client.token(Client.get("/login?user=bob", session));
        Client.get("/get?field=cart", bob).then().body(equalTo("-"));
    }

    @Test
    void credentialsThatEachRequestCarriesNeitherOwnNorEndASession() {
        String session = Client.token(Client.get("/login?user=ada", null));
        Client.request(session).header(HeaderMechanism.HEADER, "carl").get("/who").then().body(equalTo("carl[admin]"))
                .header("Set-Cookie", nullValue());
        Client.get("/user", session).then().statusCode(200).body(equalTo("ada"));
        String anonymous = cart();
        Client.request(anonymous).header(HeaderMechanism.HEADER, "carl").get("/who").then()
                .header("Set-Cookie", nullValue());
    }

    /** Lets two requests go on together. */
    @Path("meet")
    public static class Meeting {

        private static final CyclicBarrier TOGETHER = new CyclicBarrier(2);

        @GET
        public String meet() throws Exception {
            TOGETHER.await(1, TimeUnit.MINUTES);
            return "met";
        }
    }

    private static String cart() {
        return Client.token(Client.get("/set?field=cart&value=7", null));
    }

    private static Response get(String session, String user, String path) {
        return Client.request(null).header("Cookie", Client.COOKIE + "=" + session + "; " + CookieMechanism.COOKIE + "=" + user)
                .get(path);
    }
}
