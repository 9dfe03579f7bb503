package io.quarkiverse.imsession.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class IncludePathsTest {

    @RegisterExtension
    static final TestApp APP = TestApp.of(Routes.class, RecordingStore.class, RecordingStore.Mode.class)
            .resource("META-INF/resources/page.html", "a page")
            .resource("META-INF/resources/other.html", "another page")
            .config("quarkus.imsession.include-paths", "/set,/account/*,/page.html,/q/health/live")
            .config("quarkus.imsession.exclude-paths", "/account/public/*");

    @Inject
    RecordingStore store;

    @Test
    void onlyIncludedPathsHaveSessions() {
        String token = Client.login("name", "anna");

        assertThat(store.calls(() -> Client.get("/account/read", token).then().body(equalTo("{name=anna}"))))
                .containsExactly("load");
        assertThat(store.calls(() -> Client.get("/excluded/read", token).then()
                .body(containsString("quarkus.imsession.include-paths")))).isEmpty();
    }

    @Test
    void excludedPathsWinOverIncludedOnes() {
        String token = Client.login("name", "anna");

        assertThat(store.calls(() -> Client.get("/account/public/read", token).then()
                .body(containsString("This request has no session")))).isEmpty();
    }

    @Test
    void aStaticResourceCanHaveASession() {
        String token = Client.login("name", "anna");

        assertThat(store.calls(() -> Client.get("/page.html", token).then().statusCode(200).body(equalTo("a page"))))
                .containsExactly("load");
        assertThat(store.calls(() -> Client.get("/other.html", token).then().statusCode(200).body(equalTo("another page"))))
                .isEmpty();
    }

    @Test
    void anEndpointOfQuarkusCanHaveASession() {
        String token = Client.login("name", "anna");

        assertThat(store.calls(() -> Client.get("/q/health/live", token).then().statusCode(200))).containsExactly("load");
        assertThat(store.calls(() -> Client.get("/q/health/ready", token).then().statusCode(200))).isEmpty();
    }
}
