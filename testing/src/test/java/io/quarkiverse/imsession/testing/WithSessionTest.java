package io.quarkiverse.imsession.testing;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.hamcrest.Matchers.is;

import java.io.IOException;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

import jakarta.inject.Inject;

import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

import com.sun.net.httpserver.HttpServer;

import io.quarkiverse.imsession.ImSession;
import io.quarkiverse.imsession.SessionData;
import io.quarkiverse.imsession.SessionId;
import io.quarkiverse.imsession.docs.Cart;
import io.quarkus.arc.Arc;
import io.quarkus.arc.ManagedContext;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;

@QuarkusTest
@WithSession("{user_id: 'of the class'}")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class WithSessionTest {

    private static SessionId before;

    @Inject
    TestSessions sessions;

    @Inject
    ImSession session;

    @Inject
    Cart cart;

    @Test
    @Order(1)
    void requestsHaveTheSessionOfTheClass() {
        given().get("/user").then().body(is("of the class"));
        before = sessions.current().id();
    }

    @Test
    @Order(2)
    @WithSession("{user_id: 'of the method'}")
    void sessionOfTheMethodTakesThePlaceOfThatOfTheClassAndTheOneBeforeHasEnded() {
        given().get("/user").then().body(is("of the method"));
        assertThat(sessions.find(before)).isEmpty();
        assertThat(sessions.count()).isEqualTo(1);
        assertThat(RestAssured.filters()).hasSize(1);
    }

    @Nested
    class Inner {

        @Test
        void nestedTestsHaveTheSessionOfTheOuterClass() {
            given().get("/user").then().body(is("of the class"));
        }
    }

    @Test
    @WithSession("{text: 'a \"b\"', number: 1.50, flag: true, list: [1, {a: 2}], none: {}}")
    void valuesAreThoseOfTheJson(TestSession made) {
        assertThat(made.data()).isEqualTo(SessionData.of("text", "a \"b\"", "number", new BigDecimal("1.50"), "flag",
                true, "list", List.of(1, Map.of("a", 2)), "none", Map.of()));
    }

    @Test
    @WithSession(user = "ada", roles = { "admin", "editor" })
    void userIsLoggedInWithRoles(TestSession made) {
        given().get("/admin").then().body(is("ada"));
        given().get("/payment").then().body(is("paid"));
        assertThat(made.principal()).contains("ada");
        assertThat(sessions.find("principal", "ada")).extracting("id").containsExactly(made.id());
    }

    @Test
    @WithSession(user = "bob", roles = "editor")
    void userWithoutTheRoleIsRefused() {
        given().get("/admin").then().statusCode(403);
    }

    @Test
    void sessionWithoutAUserIsNobodys(TestSession made) {
        given().get("/admin").then().statusCode(401);
        assertThat(made.principal()).isEmpty();
    }

    @Test
    @WithSession(user = "ada", authenticatedAgo = "PT1H")
    void oldLogInIsNotFresh(TestSession made) {
        given().get("/payment").then().statusCode(401);
        assertThat(made.authenticatedAt().orElseThrow()).isBetween(made.stored().orElseThrow().createdAt().minusSeconds(3660),
                made.stored().orElseThrow().createdAt().minusSeconds(3540));
    }

    @Test
    void requestsFollowTheSessionAsABrowserDoes(TestSession made) {
        String token = made.token();
        SessionId id = made.id();
        given().get("/login?user=ada").then().statusCode(204);
        assertThat(made.token()).isNotEqualTo(token);
        assertThat(made.id()).isEqualTo(id);
        assertThat(sessions.find(token)).isEmpty();
        given().get("/payment").then().statusCode(200);

        given().get("/logout").then().statusCode(204);
        assertThat(made.hasToken()).isFalse();
        assertThat(made.stored()).isEmpty();
        given().get("/user").then().body(is("nobody"));

        given().get("/start?user=bob").then().statusCode(204);
        given().get("/user").then().body(is("bob"));
        assertThat(made.id()).isNotEqualTo(id);
    }

    @Test
    void requestsProveThatTheyComeFromTheApplication() {
        given().body("Emma").post("/cart").then().statusCode(204);
        assertThat(sessions.current().data().as(Cart.Content.class).books()).containsExactly("Emma");
    }

    @Test
    void proofsOfTheTestItselfStayAsTheyAre() {
        given().header("Origin", "https://evil.example").body("Emma").post("/cart").then().statusCode(403);
        given().header("Sec-Fetch-Site", "cross-site").body("Emma").post("/cart").then().statusCode(403);
        given().header("X-CSRF-Token", "wrong").body("Emma").post("/cart").then().statusCode(403);
        given().formParam("csrf-token", "wrong").post("/cart").then().statusCode(403);
    }

    @Test
    @WithSession(csrf = false)
    void requestsProveNothingIfTheyAreNotToldTo() {
        given().body("Emma").post("/cart").then().statusCode(403);
    }

    @Test
    void requestWithASessionOfItsOwnIsLeftAlone(TestSession made) {
        TestSession other = sessions.create(SessionData.of("user_id", "other"));
        given().cookie(other.cookie().name(), other.cookie().value()).get("/user").then().body(is("other"));
        given().filter(other.filter()).get("/user").then().body(is("other"));
        assertThat(made.data()).isEqualTo(SessionData.of("user_id", "of the class"));
    }

    @Test
    void requestsToOthersDoNotHaveTheSession() throws IOException {
        List<Optional<String>> cookies = new CopyOnWriteArrayList<>();
        HttpServer other = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        other.createContext("/", exchange -> {
            cookies.add(Optional.ofNullable(exchange.getRequestHeaders().getFirst("Cookie")));
            exchange.sendResponseHeaders(204, -1);
        });
        other.start();
        try {
            given().baseUri("http://localhost").port(other.getAddress().getPort()).get("/").then().statusCode(204);
        } finally {
            other.stop(0);
        }
        assertThat(cookies).containsExactly(Optional.empty());
    }

    @Test
    void beansThatTheTestCallsHaveTheSessionAndNothingOfItIsStored() {
        cart.add("Emma");
        assertThat(cart.books()).containsExactly("Emma");
        assertThat(session.data().names()).containsExactly("user_id", "books");
        assertThat(session.id()).contains(sessions.current().id());
        assertThat(sessions.current().data().names()).containsExactly("user_id");
    }

    @Test
    void threadsOfTheApplicationHaveNoSession() throws Exception {
        Thread background = new Thread(() -> assertThatIllegalStateException().isThrownBy(() -> {
            ManagedContext context = Arc.container().requestContext();
            context.activate();
            try {
                cart.books();
            } finally {
                context.terminate();
            }
        }).withMessageContaining("@WithSession"));
        List<Throwable> failures = new CopyOnWriteArrayList<>();
        background.setUncaughtExceptionHandler((thread, failure) -> failures.add(failure));
        background.start();
        background.join();
        assertThat(failures).isEmpty();
    }

    @Test
    void sessionIsTheApplicationsOwn(TestSession made) {
        assertThat(Duration.between(made.stored().orElseThrow().createdAt(), made.stored().orElseThrow().expiresAt()))
                .isEqualTo(Duration.ofDays(1));
        assertThat(made.cookie().name()).isEqualTo("connsid");
        assertThat(made.toString()).contains(made.id().value()).doesNotContain(made.token());
        assertThat(made.cookie().toString()).doesNotContain(made.token());
    }
}
