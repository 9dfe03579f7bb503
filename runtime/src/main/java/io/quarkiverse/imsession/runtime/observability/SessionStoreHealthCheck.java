package io.quarkiverse.imsession.runtime.observability;

import java.security.SecureRandom;

import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.jspecify.annotations.Nullable;

import io.quarkiverse.imsession.SessionId;
import io.quarkiverse.imsession.runtime.log.Failures;
import io.quarkiverse.imsession.runtime.session.GuardedStore;
import io.quarkiverse.imsession.spi.SessionToken;
import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.Uni;

/**
 * Checks that sessions can be loaded. It loads a session that does not exist in the same way as requests do: over the same
 * connection, and with the timeout of the store.
 */
final class SessionStoreHealthCheck implements AsyncHealthCheck {

    private final String name;
    private final GuardedStore store;
    private final SessionId nobodys = SessionToken.generate(new SecureRandom()).id();

    SessionStoreHealthCheck(String name, GuardedStore store) {
        this.name = name;
        this.store = store;
    }

    @Override
    public Uni<HealthCheckResponse> call() {
        return Uni.createFrom().completionStage(() -> store.load(nobodys).handle((none, failure) -> response(failure)));
    }

    private HealthCheckResponse response(@Nullable Throwable failure) {
        HealthCheckResponseBuilder response = HealthCheckResponse.named(name).status(failure == null);
        return failure == null ? response.build() : response.withData("failure", Failures.describe(failure)).build();
    }
}
