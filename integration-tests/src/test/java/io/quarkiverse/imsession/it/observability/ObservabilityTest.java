package io.quarkiverse.imsession.it.observability;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import io.quarkus.test.junit.QuarkusTest;

@QuarkusTest
class ObservabilityTest extends ObservabilityContract {

    @Test
    void nothingIsCountedThatTheStoreDoesNotDo() {
        assertThat(samples()).doesNotContainKeys("imsession_store_cleaned_total", "imsession_store_retries_total");
    }
}
