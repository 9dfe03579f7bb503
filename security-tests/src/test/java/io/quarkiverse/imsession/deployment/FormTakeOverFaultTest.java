package io.quarkiverse.imsession.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.imsession.deployment.FaultyStore.Fault;
import io.quarkiverse.imsession.test.Visitor;
import io.quarkus.security.identity.AuthenticationRequestContext;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.SecurityIdentityAugmentor;
import io.quarkus.security.runtime.QuarkusPrincipal;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.smallrye.mutiny.Uni;

/** A store that is out of order while cookies of the form become sessions. */
@Tag("further")
class FormTakeOverFaultTest extends FormContract {

    private static final int REQUESTS = 20;

    @RegisterExtension
    static final TestApp APP = app(FaultyStore.class, Blank.class).config("quarkus.imsession.security.quarkus-cookies",
            "take-over");

    @Inject
    FaultyStore store;

    @Test
    void nobodyIsLoggedOutByAStoreThatFails() {
        Visitor bob = withOldCookie("bob");
        store.with(Fault.COMMIT, () -> assertThat(bob.get("/user").statusCode()).isEqualTo(503));
        assertThat(bob.cookies()).containsOnlyKeys(FORM_COOKIE);
        assertThat(bob.get("/user").body()).isEqualTo("bob");
        assertThat(bob.cookies()).containsOnlyKeys("connsid");
    }

    @Test
    void oneSessionStaysIfTheLockLapses() {
        Visitor bob = withOldCookie("bob");
        store.with(Fault.LOCK, () -> {
            List<CompletableFuture<HttpResponse<String>>> responses = Stream.generate(() -> bob.getLater("/user"))
                    .limit(REQUESTS)
                    .toList();
            responses.forEach(response -> assertThat(response.join().body()).isEqualTo("bob"));
            Set<String> tokens = new HashSet<>();
            for (CompletableFuture<HttpResponse<String>> response : responses) {
                Visitor told = visitor();
                told.keep(response.join());
                assertThat(told.get("/user").body()).isEqualTo("bob");
                tokens.add(told.cookies().get("connsid"));
            }
            assertThat(tokens).hasSize(1);
        });
    }

    @Test
    void failureLetsTheNextRequestGoOnAtOnce() {
        Visitor bob = withOldCookie("bob");
        Blank.on = true;
        assertThat(bob.get("/user").statusCode()).isEqualTo(500);
        Blank.on = false;
        assertThat(bob.getLater("/user").orTimeout(8, TimeUnit.SECONDS).join().body()).isEqualTo("bob");
    }

    /** Gives users a name that no session can have. */
    @Singleton
    public static class Blank implements SecurityIdentityAugmentor {

        static volatile boolean on;

        @Override
        public Uni<SecurityIdentity> augment(SecurityIdentity identity, AuthenticationRequestContext context) {
            return Uni.createFrom().item(!on || identity.isAnonymous() ? identity
                    : QuarkusSecurityIdentity.builder().setPrincipal(new QuarkusPrincipal(" ")).build());
        }
    }

    @Test
    void nobodyIsLoggedOutByAClaimThatFails() {
        Visitor bob = withOldCookie("bob");
        store.with(Fault.CLAIM, () -> assertThat(bob.get("/user").statusCode()).isEqualTo(503));
        assertThat(bob.get("/user").body()).isEqualTo("bob");
    }

    @Test
    void nobodyIsLoggedOutByALimit() {
        Visitor bob = withOldCookie("bob");
        store.with(Fault.LIMIT, () -> assertThat(bob.get("/user").statusCode()).isEqualTo(409));
        assertThat(bob.get("/user").body()).isEqualTo("bob");
    }
}
