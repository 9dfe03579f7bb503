package io.quarkiverse.imsession.it.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.quarkiverse.imsession.it.RedisProfile;
import io.quarkiverse.imsession.it.RedisTestResource;
import io.quarkiverse.imsession.test.device.DeviceBrowser;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;

@Tag("packaged")
@QuarkusTest
@TestProfile(RedisBindingTest.Profile.class)
class RedisBindingTest extends BindingContract {

    @Test
    void aBoundReadCostsWhatAnyReadCosts() throws Exception {
        DeviceBrowser old = DeviceBrowser.ofBefore(address());
        old.post("/api/login?user=Ada", "");
        DeviceBrowser ada = bound();
        Map<String, Integer> usual = count(old);
        assertThat(count(ada)).isEqualTo(usual);
        assertThat(usual.values()).singleElement().isEqualTo(1);
    }

    @Test
    void aRefusedRequestCostsWhatAnyReadCosts() throws Exception {
        DeviceBrowser ada = bound();
        Map<String, Integer> usual = count(ada);
        DeviceBrowser thief = ada.thief();
        thief.dropCookie(ada.boundCookie());
        assertThat(count(thief)).isEqualTo(usual);
    }

    @Test
    void aRefreshCostsTwoReadsAndOneChange() throws Exception {
        DeviceBrowser ada = bound();
        Map<String, Integer> counts = RedisTestResource.server().count(() -> assertThat(ada.refresh()).isEqualTo(200));
        assertThat(counts.values().stream().mapToInt(Integer::intValue).sum()).as("%s", counts).isEqualTo(3);
    }

    @Test
    void whatNobodyHasOfferedCostsAtMostARead() throws Exception {
        DeviceBrowser ada = bound();
        DeviceBrowser.Offer made = new DeviceBrowser.Offer(ada.refreshUrl().resolve("registration"), List.of("ES256"), "c",
                ada.session() + '.' + "A".repeat(43));
        Map<String, Integer> counts = RedisTestResource.server().count(() -> {
            for (int i = 0; i < 10; i++) {
                assertThat(ada.register(made, ada.key().registration("c", made.authorization())).statusCode()).isEqualTo(400);
                assertThat(ada.register(made, ada.key().registration("c", "nonsense")).statusCode()).isEqualTo(400);
            }
        });
        assertThat(counts.values()).as("%s", counts).singleElement().isEqualTo(10);
    }

    private static Map<String, Integer> count(DeviceBrowser browser) throws Exception {
        return RedisTestResource.server().count(() -> browser.send("/api/session", HttpRequest.newBuilder().GET()));
    }

    public static final class Profile extends RedisProfile {

        @Override
        public Map<String, String> getConfigOverrides() {
            return with(SETTINGS);
        }
    }
}
