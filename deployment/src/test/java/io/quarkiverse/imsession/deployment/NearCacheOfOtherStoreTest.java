package io.quarkiverse.imsession.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import java.util.List;
import java.util.logging.Level;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The near cache is switched on, and the application has a store that does not tell what changes. */
class NearCacheOfOtherStoreTest {

    @RegisterExtension
    static final TestApp APP = TestApp.of(Routes.class, RecordingStore.class)
            .config("quarkus.imsession.near-cache.enabled", "true").logs(Level.WARNING, NearCacheOfOtherStoreTest::warned);

    @Inject
    RecordingStore store;

    @Test
    void eachRequestAsksTheStore() {
        String token = Client.login("name", "anna");
        for (int i = 0; i < 3; i++) {
            assertThat(store.calls(() -> Client.get("/read", token).then().body(equalTo("{name=anna}"))))
                    .containsExactly("load");
        }
    }

    private static void warned(List<String> log) {
        assertThat(log).filteredOn(line -> line.contains("near-cache")).singleElement().asString().contains(
                "quarkus.imsession.near-cache.enabled", RecordingStore.class.getName(), "SessionChanges", "remove the setting");
    }
}
