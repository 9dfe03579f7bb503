package io.quarkiverse.imsession.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.startsWith;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.imsession.CrossSiteRequestException;
import io.quarkiverse.imsession.ImSession;
import io.quarkiverse.imsession.SessionException;
import io.quarkiverse.imsession.deployment.RecordingStore.Mode;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

/** What flash values ask of a store, and what becomes of them when it fails or a request is refused. */
class FlashTest {

    @RegisterExtension
    static final TestApp APP = TestApp.of(FlashRoutes.class, RecordingStore.class, Mode.class)
            .config("quarkus.imsession.on-store-failure", "anonymous");

    @Inject
    RecordingStore store;

    @AfterEach
    void repair() {
        store.mode(Mode.WORKS);
    }

    @Test
    void valueIsStoredWithTheResponseThatPutsItAndRemovedWithTheOneThatReadsIt() {
        String token = Client.token(Client.get("/put?value=Saved", null));
        assertThat(store.calls(() -> Client.get("/names", token).then().body(equalTo("[notice]")))).containsExactly("load");
        assertThat(store.calls(() -> Client.get("/get", token).then().body(equalTo("Saved"))))
                .containsExactly("load", "update");
        assertThat(store.calls(() -> Client.get("/get", token).then().body(equalTo("none")))).containsExactly("load");
        assertThat(store.calls(() -> Client.get("/put-and-get?value=Wrong", token).then().body(equalTo("Wrong"))))
                .containsExactly("load");
        assertThat(store.calls(() -> Client.get("/put?value=Saved", token).then().statusCode(200)))
                .containsExactly("load", "update");
    }

    @Test
    void pageThatCannotBeStoredLeavesTheValueForTheNextOne() {
        String token = Client.token(Client.get("/put?value=Saved", null));
        store.modeAfterLoad(Mode.FAILS);
        Client.get("/get", token).then().statusCode(503);
        store.mode(Mode.WORKS);
        Client.get("/get", token).then().statusCode(200).body(equalTo("Saved"));
    }

    @Test
    void withoutTheStoreThereIsNoValueAndNoneIsPut() {
        String token = Client.token(Client.get("/put?value=Saved", null));
        store.mode(Mode.FAILS);
        Client.get("/get", token).then().statusCode(200).body(equalTo("none"));
        Client.get("/put?value=Sent", token).then().statusCode(200)
                .body(allOf(startsWith("SessionStoreException: ImSession.flash().put() was called"),
                        containsString("quarkus.imsession.on-store-failure=anonymous")));
        store.mode(Mode.WORKS);
        Client.get("/get", token).then().body(equalTo("Saved"));
    }

    @Test
    void answerToARefusedRequestShowsTheValueAndLeavesItForTheNextPage() {
        String token = Client.token(Client.get("/put?value=Saved", null));
        Client.request(token).header("Sec-Fetch-Site", "cross-site").post("/get").then().statusCode(403)
                .body(equalTo("refused, Saved"));
        Client.get("/get", token).then().body(equalTo("Saved"));
    }

    @Singleton
    static class FlashRoutes {

        void register(@Observes Router router) {
            router.get("/put").handler(context -> {
                try {
                    put(context);
                    context.end("stored");
                } catch (SessionException e) {
                    context.end(e.getClass().getSimpleName() + ": " + e.getMessage());
                }
            });
            router.route("/get").handler(context -> context.end(get(context)));
            router.get("/names").handler(context -> context.end(ImSession.of(context).flash().names().toString()));
            router.get("/put-and-get").handler(context -> {
                put(context);
                context.end(get(context));
            });
            router.route().failureHandler(context -> {
                if (context.failure() instanceof CrossSiteRequestException) {
                    context.response().setStatusCode(403).end("refused, " + get(context));
                } else {
                    context.next();
                }
            });
        }

        private static void put(RoutingContext context) {
            ImSession.of(context).flash().put("notice", context.request().getParam("value"));
        }

        private static String get(RoutingContext context) {
            return ImSession.of(context).flash().get("notice", String.class).orElse("none");
        }
    }
}
