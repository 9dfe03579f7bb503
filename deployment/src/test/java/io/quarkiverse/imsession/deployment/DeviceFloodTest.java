package io.quarkiverse.imsession.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Supplier;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.imsession.test.device.DeviceBrowser;
import io.quarkiverse.imsession.test.device.SoftwareKey;
import io.restassured.RestAssured;

/** More proofs of a session than wait for their signatures to be verified. */
class DeviceFloodTest {

    private static final int MOST = 10;

    @RegisterExtension
    static final TestApp APP = TestApp.of(Routes.class, SlowSignatures.class)
            .config("quarkus.imsession.device-bound.enabled", "true")
            .config("quarkus.imsession.device-bound.grace", "0S");

    @Test
    void browserKeepsItsSessionAndRefreshesLater() {
        DeviceBrowser browser = loggedIn();
        browser.register();
        assertThat(browser.refresh((String) null).statusCode()).isEqualTo(403);
        String proof = browser.key().refresh(browser.challenge());

        List<HttpResponse<String>> answers = flood(() -> browser.refresh(proof), browser);

        assertThat(answers).extracting(HttpResponse::statusCode).containsOnlyOnce(503).isSubsetOf(503, 403, 200);
        assertThat(answers).filteredOn(answer -> answer.statusCode() == 200).as("of a challenge").hasSizeLessThan(2);
        assertThat(browser.refresh()).isEqualTo(200);
        assertThat(browser.get("/read").body()).isEqualTo("{name=ada}");
    }

    @Test
    void offerIsKept() {
        DeviceBrowser browser = loggedIn();
        DeviceBrowser.Offer offer = browser.offer();
        SoftwareKey key = SoftwareKey.p256();
        String forged = SoftwareKey.p256().jwt(key.registrationHeader(),
                SoftwareKey.claims(offer.challenge(), offer.authorization()));

        List<HttpResponse<String>> answers = flood(() -> browser.register(offer, forged), browser);

        assertThat(answers).filteredOn(answer -> answer.statusCode() == 400).hasSize(MOST);
        browser.register();
        assertThat(browser.isBound()).isTrue();
        assertThat(browser.get("/read").body()).isEqualTo("{name=ada}");
    }

    /** Sends one proof more than may wait, lets the browser go on meanwhile, and returns all answers. */
    private List<HttpResponse<String>> flood(Supplier<HttpResponse<String>> proof, DeviceBrowser browser) {
        BlockingQueue<HttpResponse<String>> answers = new LinkedBlockingQueue<>();
        List<CompletableFuture<Void>> all = new ArrayList<>();
        try (SlowSignatures slow = new SlowSignatures()) {
            for (int i = 0; i <= MOST; i++) {
                all.add(CompletableFuture.supplyAsync(proof, task -> new Thread(task).start()).thenAccept(answers::add));
            }
            CompletableFuture.anyOf(all.toArray(CompletableFuture[]::new)).join();
            HttpResponse<String> givenUp = answers.element();
            assertThat(givenUp.statusCode()).isEqualTo(503);
            assertThat(givenUp.headers().firstValue("Retry-After")).isPresent();
            assertThat(givenUp.headers().allValues("Set-Cookie")).isEmpty();
            assertThat(browser.get("/read").body()).as("no event loop waits").isEqualTo("{name=ada}");
            assertThat(answers).hasSize(1);
        }
        CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)).join();
        return List.copyOf(answers);
    }

    private static DeviceBrowser loggedIn() {
        DeviceBrowser browser = new DeviceBrowser("http://localhost:" + RestAssured.port).lazy();
        browser.get("/set?name=ada");
        browser.get("/renew");
        return browser;
    }
}
