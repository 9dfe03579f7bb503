package io.quarkiverse.imsession.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.imsession.deployment.FaultyStore.Fault;
import io.quarkiverse.imsession.test.TestProvider;
import io.quarkiverse.imsession.test.Visitor;

/** A store that cannot be reached when a user comes back from the provider, without a session. */
@Tag("further")
class StoreFailsAtLogInTest {

    @RegisterExtension
    static final TestApp APP = TestApp
            .of(OidcResource.class, OidcContract.class, TestProvider.class, Visitor.class, FaultyStore.class).provider()
            .config("quarkus.oidc.application-type", "web-app")
            .config("quarkus.imsession.security.enabled", "true");

    @Inject
    FaultyStore store;

    @Test
    void answerOfTheProviderCanBeSentAgainLater() {
        Visitor ada = OidcContract.visitor();
        String answer = location(ada.get(location(ada.get("/user"))));
        store.with(Fault.LOAD, () -> {
            HttpResponse<String> response = ada.get(answer);
            assertThat(response.statusCode()).isEqualTo(503);
            assertThat(response.headers().firstValue("Retry-After")).isPresent();
            assertThat(response.headers().firstValue("Set-Cookie")).isEmpty();
        });
        assertThat(ada.cookies()).as("that of the log-in").hasSize(1);
        assertThat(ada.visit(answer).body()).isEqualTo("ada ada [user]");
    }

    private static String location(HttpResponse<String> response) {
        return response.headers().firstValue("Location").orElseThrow();
    }
}
