package io.quarkiverse.imsession.it.typed;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.quarkiverse.imsession.SessionId;
import io.quarkiverse.imsession.it.RedisProfile;
import io.quarkiverse.imsession.it.RedisTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;

@Tag("packaged")
@Tag("shared")
@QuarkusTest
@TestProfile(RedisProfile.class)
class RedisTypedTest extends TypedContract {

    @Test
    void eachComponentIsAHashFieldOfJson() {
        String token = token(client.post("/typed/set?user=7", null));
        client.post("/typed/visit", token);

        Map<String, String> hash = RedisTestResource.server().hash("imsession:{" + token.substring(0, SessionId.LENGTH) + "}");

        assertThat(hash).containsEntry("user_id", "7").containsEntry("visits", "1")
                .containsEntry("email", "\"ada@example.org\"")
                .containsEntry("addresses", "[{\"street\":\"Main\",\"city\":null}]")
                .containsEntry("choices",
                        "{\"NEWS\":{\"value\":\"1970-01-01T00:00:00Z\",\"before\":[\"1970-01-01T00:00:00Z\"]}}");
    }
}
