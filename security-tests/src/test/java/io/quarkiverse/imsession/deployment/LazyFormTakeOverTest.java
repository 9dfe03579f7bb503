package io.quarkiverse.imsession.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.imsession.ImSession;
import io.quarkiverse.imsession.test.Visitor;
import io.quarkus.security.identity.CurrentIdentityAssociation;
import io.smallrye.mutiny.Uni;

/** Cookies of the form become sessions when the application asks for the user, maybe after it has changed the session. */
@Tag("further")
class LazyFormTakeOverTest extends FormContract {

    private static final int REQUESTS = 20;

    @RegisterExtension
    static final TestApp APP = app(Late.class)
            .config("quarkus.http.auth.proactive", "false")
            .config("quarkus.imsession.security.quarkus-cookies", "take-over");

    @Test
    void cookieStaysUntilTheUserIsAskedFor() {
        Visitor bob = withOldCookie("bob");
        bob.get("/get?field=x");
        assertThat(bob.cookies()).containsOnlyKeys(FORM_COOKIE);
        assertThat(bob.get("/user").body()).isEqualTo("bob");
        assertThat(bob.cookies()).containsOnlyKeys("connsid");
    }

    @Test
    void parallelRequestsThatChangeTheSessionLogNobodyOut() {
        Visitor bob = withOldCookie("bob");
        List<CompletableFuture<HttpResponse<String>>> responses = new ArrayList<>();
        for (int i = 0; i < REQUESTS; i++) {
            responses.add(bob.getLater(i % 2 == 0 ? "/late?value=x" : "/user"));
        }
        for (CompletableFuture<HttpResponse<String>> response : responses) {
            assertThat(response.join().body()).isEqualTo("bob");
            Visitor told = visitor();
            told.keep(response.join());
            assertThat(told.get("/user").body()).isEqualTo("bob");
        }
    }

    @Path("late")
    public static class Late {

        private final ImSession session;
        private final CurrentIdentityAssociation identities;

        Late(ImSession session, CurrentIdentityAssociation identities) {
            this.session = session;
            this.identities = identities;
        }

        @GET
        @PermitAll
        public Uni<String> late(@QueryParam("value") String value) {
            session.update(data -> data.with("late", value));
            return identities.getDeferredIdentity().map(identity -> identity.getPrincipal().getName());
        }
    }
}
