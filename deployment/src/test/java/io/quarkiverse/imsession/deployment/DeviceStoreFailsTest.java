package io.quarkiverse.imsession.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpResponse;
import java.time.Duration;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.imsession.deployment.FaultyStore.Fault;
import io.quarkiverse.imsession.test.device.DeviceBrowser;
import io.quarkiverse.imsession.test.device.SoftwareKey;
import io.restassured.RestAssured;

/** A store that fails while browsers bind sessions, of an application below a root path that names the paths with sessions. */
class DeviceStoreFailsTest {

    @RegisterExtension
    static final TestApp APP = TestApp.of(Routes.class, FaultyStore.class)
            .config("quarkus.http.root-path", "/shop")
            .config("quarkus.imsession.include-paths", "/shop/set,/shop/renew,/shop/read")
            .config("quarkus.imsession.device-bound.enabled", "true")
            .config("quarkus.imsession.device-bound.path", "/account/device")
            .config("quarkus.imsession.device-bound.grace", "0S");

    @Inject
    FaultyStore store;

    @Test
    void browserGoesOnWhenTheStoreIsBack() {
        DeviceBrowser browser = bound();
        assertThat(browser.refreshUrl().getPath()).isEqualTo("/shop/account/device/refresh");
        for (Fault fault : new Fault[] { Fault.LOAD, Fault.COMMIT }) {
            store.with(fault, () -> {
                assertThat(browser.refresh()).as("%s", fault).isEqualTo(503);
                assertThat(browser.isBound()).isTrue();
            });
        }
        browser.dropCookie(browser.boundCookie());
        store.with(Fault.LOAD, () -> assertThat(browser.get("/shop/read").statusCode()).isEqualTo(503));
        assertThat(browser.get("/shop/read").body()).isEqualTo("{name=ada}");
    }

    @Test
    void registrationThatCannotBeStoredBindsNothing() {
        DeviceBrowser browser = loggedIn();
        store.with(Fault.COMMIT, () -> {
            HttpResponse<String> failed = browser.register(browser.offer(),
                    SoftwareKey.p256().registration(browser.offer().challenge(),
                            browser.offer().authorization()));
            assertThat(failed.statusCode()).isEqualTo(503);
            assertThat(failed.headers().firstValue("Retry-After")).isPresent();
            assertThat(failed.headers().allValues("Set-Cookie")).isEmpty();
        });
        assertThat(browser.get("/shop/read").body()).isEqualTo("{name=ada}");
        browser.register();
        assertThat(browser.isBound()).as("the offer is still good").isTrue();
    }

    @Test
    void bindingThatCannotComeIntoForceDelaysNoRequest() {
        DeviceBrowser browser = loggedIn();
        browser.register();
        store.with(Fault.COMMIT, () -> assertThat(browser.get("/shop/read").body()).isEqualTo("{name=ada}"));
        assertThat(browser.get("/shop/read").body()).as("the next request does it").isEqualTo("{name=ada}");
        awaitForce(browser);
    }

    private static DeviceBrowser loggedIn() {
        DeviceBrowser browser = new DeviceBrowser("http://localhost:" + RestAssured.port).lazy();
        browser.get("/shop/set?name=ada");
        assertThat(browser.offer()).isNull();
        browser.get("/shop/renew");
        return browser;
    }

    private static DeviceBrowser bound() {
        DeviceBrowser browser = loggedIn();
        browser.register();
        assertThat(browser.get("/shop/read").body()).isEqualTo("{name=ada}");
        awaitForce(browser);
        return browser;
    }

    private static void awaitForce(DeviceBrowser browser) {
        await().atMost(Duration.ofMinutes(2)).until(() -> {
            DeviceBrowser thief = browser.thief();
            thief.dropCookie(browser.boundCookie());
            return thief.get("/shop/read").body().equals("no session");
        });
    }
}
