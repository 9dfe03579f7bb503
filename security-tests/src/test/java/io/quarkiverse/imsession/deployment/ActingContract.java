package io.quarkiverse.imsession.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.startsWith;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;

import io.quarkiverse.imsession.ImSession;
import io.quarkiverse.imsession.ImSessions;
import io.quarkiverse.imsession.SessionEvent;
import io.quarkiverse.imsession.SessionEvent.ActingBegan;
import io.quarkiverse.imsession.SessionEvent.ActingEnded;
import io.quarkiverse.imsession.SessionId;
import io.quarkiverse.imsession.SessionInfo;
import io.quarkiverse.imsession.docs.Support;
import io.quarkiverse.imsession.spi.SessionStore;
import io.quarkiverse.imsession.spi.StoredSession;
import io.restassured.response.Response;

/** Users who act for others, and the code of the page on that. Each test has users of its own. */
abstract class ActingContract {

    private static final int ROUNDS = 10;

    @Inject
    SessionStore store;

    @Inject
    ImSessions sessions;

    @Inject
    ActingResource.Told told;

    static TestApp app() {
        return TestApp.of(LoginResource.class, ActingContract.class, ActingResource.class, ActingResource.Told.class,
                Support.class)
                .config("quarkus.imsession.security.enabled", "true")
                .config("quarkus.imsession.acting.roles", "support")
                .config("quarkus.imsession.acting.forbidden-roles", "admin")
                .config("quarkus.imsession.log.mdc-actor-key", "actor")
                .config("quarkus.oidc.enabled", "false")
                .config("quarkus.security.users.embedded.enabled", "true")
                .config("quarkus.security.users.embedded.plain-text", "true")
                .config("quarkus.security.users.embedded.users.anna", "anna")
                .config("quarkus.security.users.embedded.roles.anna", "customer")
                .config("quarkus.security.users.embedded.users.root", "root")
                .config("quarkus.security.users.embedded.roles.root", "admin,customer");
    }

    @Test
    void supportActsForAUserAndEndsThat() {
        String sue = logIn("sue", "support");
        Response begun = Client.request(sue).formParam("user", "anna").formParam("reason", "ticket 1").post("/support/act");
        begun.then().statusCode(303);
        String anna = Client.token(begun);

        get("/who", anna).then().body(equalTo("anna[customer]"));
        get("/acting/actor", anna).then().body(equalTo("sue sue sue"));
        get("/support/banner", anna).then().body(equalTo("sue acts for anna"));
        Client.request(anna).post("/support/close-account").then().body(startsWith("Only users themselves"));
        get("/who", sue).then().body(equalTo("-"));

        Response ended = Client.request(anna).post("/support/end");
        ended.then().statusCode(303);
        assertThat(Client.token(ended)).isEmpty();
        get("/who", anna).then().body(equalTo("-"));
        assertThat(sessions.count(ImSession.ACTED_BY, "sue")).isZero();
    }

    @Test
    void usersAreNotActedForUnlessSomebodyDoes() {
        String anna = logIn("anna", "customer");
        get("/acting/actor", anna).then().body(equalTo("- - -"));
        get("/support/banner", anna).then().body(equalTo(""));
        get("/acting/end", anna).then().statusCode(204);
        get("/who", anna).then().body(equalTo("anna[customer]"));
        Client.request(anna).post("/support/close-account").then().body(equalTo("Closed"));
    }

    @Test
    void whoeverMayNotActIsRefusedAndKeepsTheSession() {
        get("/acting/begin?user=anna", null).then().statusCode(401);
        String bob = logIn("bob", "customer");
        get("/acting/begin?user=anna", bob).then().statusCode(403);
        get("/who", bob).then().body(equalTo("bob[customer]"));
        Client.request(bob).formParam("user", "anna").formParam("reason", "x").post("/support/act").then().statusCode(403);
        String tim = logIn("tim", "support");
        get("/acting/begin?user=tim", tim).then().statusCode(403);
        get("/acting/begin?user=root&role=admin", tim).then().statusCode(403);
        Client.request(tim).formParam("user", "root").formParam("reason", "x").post("/support/act").then().statusCode(403);
        Client.request(tim).formParam("user", "nobody").formParam("reason", "x").post("/support/act").then()
                .statusCode(404);
        Client.request(tim).formParam("user", "anna").post("/support/act").then().statusCode(400);
        for (String reason : List.of(" ", "a\nb")) {
            Client.request(tim).queryParam("user", "anna").queryParam("reason", reason).get("/acting/begin").then()
                    .statusCode(500);
        }
        get("/who", tim).then().body(equalTo("tim[support]"));
    }

    @Test
    void nobodyActsForAThirdUserNorLogsInByIt() {
        String other = act(logIn("uma", "support"), "tom", "support");
        get("/acting/begin?user=anna", other).then().statusCode(403);
        get("/acting/login-again", other).then().statusCode(500);
        get("/acting/actor", other).then().body(equalTo("uma uma uma"));
    }

    @Test
    void lineBreakInANameBeginsNoLineOfTheLog() {
        for (String end : List.of("\n", "\r", "\u0085", "\u2028", "\u2029", "\u009b")) {
            String name = "eve" + end + "root";
            String anna = act(logIn(name, "support"), "anna", "customer");
            get("/acting/actor", anna).then().body(equalTo(name + ' ' + name + " eve root"));
        }
    }

    @Test
    void logInIsNotFreshWhileSomebodyActs() {
        String vic = logIn("vic", "support");
        get("/acting/fresh", vic).then().statusCode(200);
        String anna = act(vic, "anna", "support");
        get("/acting/fresh", anna).then().statusCode(401)
                .header("WWW-Authenticate", containsString("insufficient_user_authentication"));
        String renewed = Client.token(get("/acting/renew", anna));
        get("/acting/fresh", renewed).then().statusCode(401);
        get("/acting/actor", renewed).then().body(equalTo("vic vic vic"));
        Client.request(renewed).formParam("user", "anna").formParam("reason", "x").post("/support/act").then()
                .statusCode(401);
        get("/who", anna).then().body(equalTo("-"));
    }

    @Test
    void changesOfTheDataNeitherHideWhoActsNorMakeAnybodyAct() {
        String bob = logIn("bea", "customer");
        get("/set?field=acted_by&value=sue", bob).then().statusCode(204);
        get("/acting/actor", bob).then().body(equalTo("- - -"));
        get("/set?field=@acting&value=sue", bob).then().statusCode(500);
        for (String change : List.of("/set?field=acted_by&value=bob", "/unset?field=acted_by",
                "/set?field=principal&value=root",
                "/replace?field=principal&value=ann")) {
            String ann = act(logIn("wes", "support"), "ann", "customer");
            get(change, ann).then().statusCode(204);
            get("/who", ann).then().body(equalTo("-"));
            get("/acting/begin?user=anna", ann).then().statusCode(401);
        }
    }

    @Test
    void sessionIsFoundByBothUsersAndEndsWithBoth() {
        for (String ended : List.of("xena", "yves")) {
            String yves = act(logIn("xena", "support"), "yves", "customer");
            assertThat(sessions.list(ImSession.PRINCIPAL, "yves", 10).sessions()).extracting(SessionInfo::id)
                    .containsExactly(id(yves));
            assertThat(sessions.list(ImSession.ACTED_BY, "xena", 10).sessions()).singleElement()
                    .satisfies(session -> assertThat(session.actor()).contains("xena"));
            assertThat(sessions.destroyAll(ImSession.PRINCIPAL, ended)).isEqualTo(1);
            get("/who", yves).then().body(equalTo("-"));
        }
    }

    @Test
    void storeItselfEndsItAfterTheBound() {
        StoredSession stored = store.load(id(act(logIn("zoe", "support"), "anna", "customer"))).toCompletableFuture().join();
        assertThat(Duration.between(stored.now(), stored.expiresAt())).isLessThanOrEqualTo(Duration.ofHours(1));
    }

    @Test
    void eventsNameBothAndTheReason() {
        String sue = logIn("abe", "support");
        String reason = "it <b> is \u00e4 \ud83d\ude00";
        String anna = Client.token(Client.request(sue).queryParam("user", "ines").queryParam("reason", reason)
                .get("/acting/begin"));
        get("/acting/end", anna);
        await().until(() -> eventsOf(id(anna)).size() == 2);
        ActingBegan began = (ActingBegan) eventsOf(id(anna)).get(0);
        assertThat(began.actor()).isEqualTo("abe");
        assertThat(began.user()).isEqualTo("ines");
        assertThat(began.reason()).isEqualTo(reason);
        assertThat(eventsOf(id(anna)).get(1)).isEqualTo(new ActingEnded(id(anna), "abe", "ines"));
    }

    @Test
    void whoeverIsLoggedOutEverywhereWhileBeginningToActDoesNotAct() throws Exception {
        for (int i = 0; i < ROUNDS; i++) {
            String user = "gone" + i;
            String token = logIn(user, "support");
            Response begun = inParallel(() -> get("/acting/begin?user=anna&role=customer", token), () -> {
                sessions.destroyAll(ImSession.PRINCIPAL, user);
                return null;
            }).get(0);
            // Whoever was faster: nothing of that user is left.
            assertThat(begun.statusCode()).isIn(204, 401, 409);
            await().until(() -> sessions.count(ImSession.ACTED_BY, user) + sessions.count(ImSession.PRINCIPAL, user) == 0);
            get("/who", token).then().body(equalTo("-"));
            if (begun.statusCode() == 204) {
                get("/who", Client.token(begun)).then().body(equalTo("-"));
            }
        }
    }

    @Test
    void requestsUnderWayDoNotBringBackWhatWasEnded() throws Exception {
        for (int i = 0; i < ROUNDS; i++) {
            String anna = act(logIn("kim", "support"), "lea" + i, "customer");
            List<Callable<Response>> calls = new ArrayList<>();
            calls.add(() -> get("/acting/end", anna));
            for (int other = 0; other < 3; other++) {
                String field = "f" + other;
                calls.add(() -> get("/set?field=" + field + "&value=x", anna));
            }
            for (Response response : inParallel(calls)) {
                assertThat(response.statusCode()).isIn(204, 409);
            }
            get("/acting/actor", anna).then().body(equalTo("- - -"));
            assertThat(sessions.count(ImSession.PRINCIPAL, "lea" + i)).as("of the user, but without anybody who acts")
                    .isEqualTo(0);
        }
    }

    private List<SessionEvent> eventsOf(SessionId id) {
        return told.events.stream().filter(event -> event.sessionId().filter(id::equals).isPresent()).toList();
    }

    @SafeVarargs
    private static List<Response> inParallel(Callable<Response>... calls) throws Exception {
        return inParallel(List.of(calls));
    }

    private static List<Response> inParallel(List<Callable<Response>> calls) throws Exception {
        CyclicBarrier together = new CyclicBarrier(calls.size());
        ExecutorService threads = Executors.newFixedThreadPool(calls.size());
        try {
            List<Future<Response>> running = new ArrayList<>();
            for (Callable<Response> call : calls) {
                running.add(threads.submit(() -> {
                    together.await();
                    return call.call();
                }));
            }
            List<Response> responses = new ArrayList<>();
            for (Future<Response> one : running) {
                responses.add(one.get());
            }
            return responses;
        } finally {
            threads.shutdown();
        }
    }

    private static Response get(String path, String token) {
        return Client.get(path, token);
    }

    private static String act(String token, String user, String role) {
        Response begun = get("/acting/begin?user=" + user + "&role=" + role, token);
        begun.then().statusCode(204);
        return Client.token(begun);
    }

    private static String logIn(String user, String role) {
        return Client.token(get("/login?user=" + user + "&roles=" + role, null));
    }

    private static SessionId id(String token) {
        return new SessionId(token.substring(0, SessionId.LENGTH));
    }
}
