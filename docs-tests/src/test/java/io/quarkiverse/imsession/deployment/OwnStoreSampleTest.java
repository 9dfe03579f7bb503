package io.quarkiverse.imsession.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;

import org.acme.Views;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.imsession.docs.MapStore;
import io.quarkiverse.imsession.spi.SessionStore;
import io.quarkus.arc.Arc;

class OwnStoreSampleTest {

    @RegisterExtension
    static final TestApp APP = TestApp.of(Views.class, MapStore.class);

    @Test
    void beanReplacesTheBuiltInStore() {
        assertThat(Arc.container().instance(SessionStore.class).get())
                .isInstanceOf(MapStore.class);
        String token = Client.token(Client.get("/views", null));

        Client.get("/views", token).then().body(containsString("views: 2"));
        Client.request(token).post("/logout").then().statusCode(200);
        Client.get("/views", token).then().body(containsString("views: 1"));
    }
}
