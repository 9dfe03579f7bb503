package io.quarkiverse.imsession.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.restassured.response.Response;

/** Records that no annotation names, in a built application. */
class TypedSessionTest {

    @RegisterExtension
    static final TestApp APP = TestApp.of(TypedResource.class);

    @Test
    void recordsAreFoundWhereTheyAreUsed() {
        String token = set("ada", 3);
        assertThat(get("/visit", token)).isEqualTo("Visit[user=ada, views=3]");
        assertThat(get("/count", token)).isEqualTo("Visit[user=ada, views=4]");
        assertThat(get("/visit", token)).isEqualTo("Visit[user=ada, views=4]");
    }

    @Test
    void withoutASessionAllIsMissing() {
        assertThat(get("/visit", null)).isEqualTo("Visit[user=null, views=0]");
    }

    @Test
    void typedAndUntypedAccessMix() {
        String token = set("ada", 3);
        assertThat(get("/untyped", token)).contains("user=\"ada\"", "views=13", "note=\"kept\"");
        get("/count", token);
        assertThat(get("/untyped", token)).contains("views=24", "note=\"kept\"");
    }

    @Test
    void nestedAndGenericValuesAreReadAndWritten() {
        String token = set("ada", 3);
        String cart = "Cart[lines=[Line[product=Product[name=Tea, colour=Optional[GREEN]], quantity=2]],"
                + " seen={RED=1970-01-01T00:00:00Z}]";
        assertThat(get("/cart", token)).isEqualTo(cart);
        assertThat(get("/untyped", token)).contains(
                "cart_lines=[{\"product\":{\"name\":\"Tea\",\"colour\":\"GREEN\"},\"quantity\":2}]",
                "seen={\"RED\":\"1970-01-01T00:00:00Z\"}");
    }

    @Test
    void settingMakesASessionAlsoOfARecordThatIsEmpty() {
        assertThat(get("/empty", null)).isEqualTo("true");
        assertThat(get("/nothing", null)).isEqualTo("true");
    }

    @Test
    void equalRecordsAreNoChange() {
        String token = set("ada", 3);
        Response response = Client.get("/typed/set?user=ada&views=3", token);
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().getValues("Set-Cookie")).isEmpty();
    }

    @Test
    void whatNoCallTellsIsAnnotatedOrNamed() {
        assertThat(get("/unknown", null)).startsWith("Declared[number=7] ")
                .contains(TypedResource.NotFound.class.getName(), "@SessionRecord");
    }

    private static String set(String user, int views) {
        return Client.token(Client.get("/typed/set?user=" + user + "&views=" + views, null));
    }

    private static String get(String path, String token) {
        Response response = Client.get("/typed" + path, token);
        response.then().statusCode(200);
        return response.asString();
    }
}
