package io.quarkiverse.imsession.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.restassured.response.Response;

class SessionValueTest {

    @RegisterExtension
    static final TestApp APP = TestApp.of(ValueResource.class);

    @Test
    void valuesOfTheRequestAreInjected() {
        assertThat(get("", set(7)))
                .isEqualTo(
                        "userId=7 optional=7 visit=Visit[user=ada, views=3] views=3 items=[Item[name=Tea]] pair=b part=7 longer=7");
    }

    @Test
    void aBeanThatLivesLongerSeesTheValueOfEachRequest() {
        String one = set(1);
        String two = set(2);
        assertThat(get("", one)).contains("userId=1 ").endsWith("longer=1");
        assertThat(get("", two)).contains("userId=2 ").endsWith("longer=2");
    }

    @Test
    void whatIsMissingIsNullZeroOrEmpty() {
        assertThat(get("", null)).isEqualTo(
                "userId=null optional=none visit=Visit[user=null, views=0] views=0 items=[] pair=none part=null longer=null");
    }

    @Test
    void aValueIsAsOfItsInjectionAndALookupAsOfNow() {
        assertThat(get("/set?user=8", set(7))).isEqualTo("userId=7 longer=8");
    }

    @Test
    void aValueOfAnotherTypeFailsTheRequest() {
        Response response = Client.get("/values/wrong", null);
        assertThat(response.statusCode()).isEqualTo(500);
        assertThat(response.asString()).doesNotContain("secret");
    }

    private static String set(long user) {
        return Client.token(Client.get("/values/set?user=" + user, null));
    }

    private static String get(String path, String token) {
        Response response = Client.get("/values" + path, token);
        response.then().statusCode(200);
        return response.asString();
    }
}
