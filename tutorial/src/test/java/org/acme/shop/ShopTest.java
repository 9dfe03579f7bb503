package org.acme.shop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import org.junit.jupiter.api.Test;

import io.quarkus.test.junit.QuarkusTest;

/** The shop as browsers use it. */
@QuarkusTest
class ShopTest {

    @Test
    void visitorThatOnlyLooksGetsNoSession() {
        Browser visitor = new Browser();
        visitor.get("/").then().statusCode(200).header("Set-Cookie", nullValue());
        visitor.get("/cart").then().statusCode(200).header("Set-Cookie", nullValue())
                .body(containsString("The cart is empty"));
    }

    @Test
    void visitorFillsTheCartLogsInOnTheWayAndOrders() {
        Browser visitor = new Browser();
        visitor.post("/", "/cart/add", "product", "TEA").then().statusCode(303).header("Location", endsWith("/cart"));
        visitor.get("/cart").then().body(containsString("Tea is in the cart"), containsString("1 × Tea"));

        visitor.get("/checkout").then().statusCode(303).header("Location", endsWith("/login"));
        visitor.post("/login", "/login", "user", "ada", "password", "lovelace")
                .then().statusCode(303).header("Location", endsWith("/checkout"));

        visitor.get("/checkout").then().body(containsString("Order for 4 €"), containsString("Log out ada"));
        visitor.post("/checkout", "/checkout").then().statusCode(303).header("Location", endsWith("/cart"));
        visitor.get("/cart").then().body(containsString("Thank you"), containsString("The cart is empty"));
        visitor.get("/cart").then().body(not(containsString("Thank you")));
    }

    @Test
    void wrongPasswordIsToldOnTheForm() {
        Browser visitor = new Browser();
        visitor.post("/login", "/login", "user", "ada", "password", "wrong")
                .then().statusCode(401).body(containsString("User or password is wrong"));
        visitor.post("/login", "/login", "user", "ada").then().statusCode(400);
    }

    @Test
    void logInLeadsToNoOtherSite() {
        Browser visitor = new Browser();
        visitor.get("//devices").then().header("Location", not(containsString("//devices")));
        visitor.post("/login", "/login", "user", "ada", "password", "lovelace").then().statusCode(303)
                .header("Location", not(containsString("//devices")));
    }

    @Test
    void removedProductLeavesTheCart() {
        Browser visitor = new Browser();
        visitor.post("/", "/cart/add", "product", "MUG").then().statusCode(303);
        visitor.post("/cart", "/cart/remove", "product", "MUG").then().statusCode(303);
        visitor.get("/cart").then().body(containsString("The cart is empty"));
        visitor.post("/", "/cart/add").then().statusCode(400);
        visitor.post("/", "/cart/add", "product", "COFFEE").then().statusCode(400);
    }

    @Test
    void formOfAPageThatIsOutOfDateIsAnsweredWithAPage() {
        Browser visitor = new Browser();
        visitor.post("/", "/cart/add", "product", "TEA").then().statusCode(303);

        visitor.postWithoutToken("/cart/remove", "product", "TEA").then().statusCode(403)
                .contentType("text/html").body(containsString("The page was out of date"));

        visitor.get("/cart").then().body(containsString("1 × Tea"));
    }

    @Test
    void userEndsTheSessionOfALostPhone() {
        Browser laptop = loggedIn("eve");
        Browser phone = loggedIn("eve");
        Browser stranger = loggedIn("ada");
        assertThat(laptop.get("/devices").htmlPath().getList("**.findAll { it.name() == 'li' }")).hasSize(2);

        String end = laptop.get("/devices").htmlPath().getString("**.find { it.@action.text().endsWith('/end') }.@action");
        stranger.post("/devices", end).then().statusCode(404);
        laptop.post("/devices", end).then().statusCode(303);

        phone.get("/devices").then().statusCode(303).header("Location", endsWith("/login"));
        laptop.post("/devices", "/devices/end-others").then().statusCode(303);
        laptop.post("/devices", "/logout").then().statusCode(303);
        laptop.get("/devices").then().statusCode(303);
    }

    private static Browser loggedIn(String user) {
        Browser browser = new Browser();
        browser.post("/login", "/login", "user", user, "password", user.equals("ada") ? "lovelace" : "moneypenny")
                .then().statusCode(303);
        return browser;
    }
}
