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
 * The application is ready when sessions can be loaded. It asks as requests do, for a session that nobody has: over the same
 * connection, and for no longer than the store's own timeout.
 */
final class SessionStoreHealthCheck implements AsyncHealthCheck {

    private final GuardedStore store;
    private final SessionId nobodys = SessionToken.generate(new SecureRandom()).id();

    SessionStoreHealthCheck(GuardedStore store) {
        this.store = store;
    }

    @Override
    public Uni<HealthCheckResponse> call() {
        return Uni.createFrom().completionStage(() -> store.load(nobodys).handle((none, failure) -> response(failure)));
    }

    private static HealthCheckResponse response(@Nullable Throwable failure) {
        HealthCheckResponseBuilder response = HealthCheckResponse.named("Sessions in Redis").status(failure == null);
        return failure == null ? response.build() : response.withData("failure", Failures.describe(failure)).build();
    }
}
