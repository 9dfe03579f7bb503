package org.acme.shop;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;

import org.junit.jupiter.api.Test;

import io.quarkiverse.imsession.testing.TestSession;
import io.quarkiverse.imsession.testing.WithSession;
import io.quarkus.test.junit.QuarkusTest;

@QuarkusTest
class CartTest {

    @Test
    @WithSession("{lines: [{product: 'TEA', quantity: 2}]}")
    void productIsAddedToTheCart(TestSession visitor) {
        given().redirects().follow(false).formParam("product", "MUG").post("/cart/add")
                .then().statusCode(303).header("Location", endsWith("/cart"));

        assertThat(visitor.data().as(Cart.class).total()).isEqualTo(20);
    }

    @Test
    @WithSession("{lines: [{product: 'TEA', quantity: 2}]}")
    void noticeIsShownOnce() {
        given().redirects().follow(false).formParam("product", "TEA").post("/cart/add").then().statusCode(303);
        given().get("/cart").then().body(containsString("Tea is in the cart"), containsString("3 × Tea"));
        assertThat(given().get("/cart").asString()).doesNotContain("Tea is in the cart");
    }

    @Test
    @WithSession(value = "{lines: [{product: 'TEA', quantity: 2}]}", user = "ada")
    void orderEmptiesTheCart(TestSession ada) {
        given().redirects().follow(false).post("/checkout").then().statusCode(303);

        assertThat(ada.data().as(Cart.class).lines()).isEmpty();
        given().get("/cart").then().body(containsString("Thank you for your order of 8 €"));
    }
}
