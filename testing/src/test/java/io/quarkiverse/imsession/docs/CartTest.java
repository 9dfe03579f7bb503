package io.quarkiverse.imsession.docs;

// tag::class[]
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.is;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;

import io.quarkiverse.imsession.ImSession;
import io.quarkiverse.imsession.SessionData;
import io.quarkiverse.imsession.testing.SessionCookie;
import io.quarkiverse.imsession.testing.TestSession;
import io.quarkiverse.imsession.testing.TestSessions;
import io.quarkiverse.imsession.testing.WithSession;
import io.quarkus.test.junit.QuarkusTest;

@QuarkusTest
class CartTest {

    @Inject
    TestSessions sessions;

    @Inject
    Cart cart;

    @Inject
    ImSession session;
    // end::class[]

    // tag::fields[]
    @Test
    @WithSession("{user_id: 1, books: ['Emma']}")
    void visitorGoesOnWithTheCart(TestSession visitor) {
        given().body("Ulysses").post("/cart").then().statusCode(204);
        given().get("/cart").then().body(is("Emma,Ulysses"));

        assertThat(visitor.data().as(Cart.Content.class).books()).containsExactly("Emma", "Ulysses");
    }
    // end::fields[]

    // tag::user[]
    @Test
    @WithSession(user = "ada", roles = "admin")
    void administratorsMayLookAtTheShop() {
        given().get("/admin").then().statusCode(200).body(is("ada"));
    }

    @Test
    @WithSession(user = "ada", authenticatedAgo = "PT1H")
    void payingAsksForThePasswordAgain() {
        given().get("/payment").then().statusCode(401);
    }
    // end::user[]

    // tag::content[]
    static class LongCart implements Consumer<ImSession> {

        @Override
        public void accept(ImSession session) {
            session.merge(new Cart.Content(List.of("Emma", "Ulysses", "Dracula")));
            session.touch(Duration.ofDays(30));
            session.label("Ada's phone");
        }
    }

    @Test
    @WithSession(content = LongCart.class)
    void cartsMayBeLong() {
        given().get("/cart").then().body(is("Emma,Ulysses,Dracula"));
    }
    // end::content[]

    // tag::device-bound[]
    @Test
    @WithSession(user = "ada", deviceBound = true)
    void moneyIsSentFromTheDeviceOfTheUserOnly(TestSession visitor) {
        given().post("/transfer").then().statusCode(204);

        SessionCookie stolen = visitor.cookie();
        given().cookie(stolen.name(), stolen.value()).post("/transfer").then().statusCode(403);
    }
    // end::device-bound[]

    // tag::acting[]
    static class SupportForAda implements Consumer<ImSession> {

        @Override
        public void accept(ImSession session) {
            session.login("sue", Set.of("support"));
            // Who is logged in already can act.
            session.commitAndAwait();
            session.actAs("ada", Set.of("admin"), "Ticket 17");
        }
    }

    @Test
    @WithSession(content = SupportForAda.class)
    void supportCanLookAtTheShopAndSendsNoMoney() {
        given().get("/admin").then().statusCode(200).body(is("ada"));
        given().post("/transfer").then().statusCode(403);
    }
    // end::acting[]

    // tag::beans[]
    @Test
    @WithSession("{books: ['Emma']}")
    void cartAddsABook() {
        cart.add("Ulysses");

        assertThat(cart.books()).containsExactly("Emma", "Ulysses");
        assertThat(session.data().names()).containsExactly("books");
    }
    // end::beans[]

    // tag::sessions[]
    @Test
    void cartsOfVisitorsAreKeptApart() {
        TestSession ada = sessions.create(SessionData.of("user_id", "ada"));
        TestSession bob = sessions.create(new Cart.Content(List.of("Emma")));

        SessionCookie cookie = ada.cookie();
        given().cookie(cookie.name(), cookie.value()).get("/cart").then().body(is(""));
        given().headers(bob.headers()).get("/cart").then().body(is("Emma"));
    }
    // end::sessions[]

    // tag::logout[]
    @Test
    void logOutEndsTheSession() {
        TestSession ada = sessions.create(session -> session.login("ada", Set.of("admin")));
        given().filter(ada.filter()).get("/logout").then().statusCode(204);

        assertThat(ada.hasToken()).isFalse();
        assertThat(sessions.find("principal", "ada")).isEmpty();
    }
    // end::logout[]

    // tag::login[]
    @Test
    void logInMakesASession() {
        String token = given().get("/login?user=ada").then().statusCode(204).extract().cookie("connsid");

        assertThat(sessions.find(token).orElseThrow().data()).isEqualTo(SessionData.of("principal", "ada"));
        assertThat(sessions.destroy(sessions.find(token).orElseThrow().id())).isTrue();
    }
    // end::login[]
}
