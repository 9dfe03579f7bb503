package io.quarkiverse.imsession.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.imsession.docs.Greeting;
import io.quarkiverse.imsession.docs.Prices;
import io.quarkiverse.imsession.docs.TypedSamples;
import io.quarkiverse.imsession.docs.Visit;

class TypedSamplesTest {

    @RegisterExtension
    static final TestApp APP = TestApp.of(TypedSamples.class, Visit.class, Greeting.class, Prices.class);

    @Test
    void codeOfThePageDoesWhatThePageSays() {
        assertThat(Client.get("/samples/visit", null).asString()).startsWith("2 ").contains("user=\"ada\"", "views=2");
        assertThat(Client.get("/samples/others", null).asString()).isEqualTo("Settings[theme=SYSTEM, pageSize=20]"
                + " Consent[newsletter=false] Account[userId=7, since=Optional.empty, cart=[Line[product=Tea, quantity=2]],"
                + " themes={page=Choice[value=DARK, before=[LIGHT]]}] 450 CHF");
        String token = Client.token(Client.get("/samples/visit", null));
        assertThat(Client.get("/greeting", token).asString()).isEqualTo("Hello ada, visit 2");
        assertThat(Client.get("/greeting", null).asString()).isEqualTo("Hello stranger, visit 0");
    }
}
