package io.quarkiverse.imsession.it.typed;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;

import org.junit.jupiter.api.Test;

import io.quarkiverse.imsession.it.Client;

/** Typed sessions and injected values, without reflection. */
abstract class TypedContract {

    private static final String VALUES = " email=Optional[ada@example.org], addresses=[Address[street=Main, city=Optional.empty]],"
            + " choices={NEWS=Choice[value=1970-01-01T00:00:00Z, before=[1970-01-01T00:00:00Z]]}]";

    final Client client = new Client();

    @Test
    void aRecordIsWrittenAndReadBack() {
        HttpResponse<String> set = client.post("/typed/set?user=7", null);
        assertThat(set.body()).isEqualTo("Profile[userId=7, visits=0," + VALUES);
        assertThat(client.post("/typed/visit", token(set)).body()).isEqualTo("Profile[userId=7, visits=1," + VALUES);
        assertThat(client.post("/typed/visit", token(set)).body()).isEqualTo("Profile[userId=7, visits=2," + VALUES);
    }

    @Test
    void valuesAreInjected() {
        String token = token(client.post("/typed/set?user=7", null));
        client.post("/typed/visit", token);
        assertThat(client.get("/typed/values", token).body())
                .isEqualTo("7 1 [Address[street=Main, city=Optional.empty]] Optional[ada@example.org]");
        assertThat(client.get("/typed/routes/values", token).body()).isEqualTo("7 1");
        String other = token(client.post("/typed/set?user=8", null));
        assertThat(client.get("/typed/routes/values", other).body()).isEqualTo("8 0");
    }

    @Test
    void withoutASessionValuesAreMissing() {
        assertThat(client.get("/typed/values", null).body()).isEqualTo("null 0 [] nobody");
        assertThat(client.get("/typed/routes/values", null).body()).isEqualTo("nobody 0");
    }

    static String token(HttpResponse<String> response) {
        assertThat(response.statusCode()).isEqualTo(200);
        return Client.token(response).orElseThrow();
    }
}
