package io.quarkiverse.imsession.it.flash;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;

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
class RedisFlashTest extends FlashContract {

    @Test
    void valueIsAFieldOfTheHashUntilItIsReadAndNothingOfItIsLeft() {
        String token = saved("Saved");
        Set<String> with = hash(token).keySet();
        assertThat(with).filteredOn(field -> field.startsWith("@flash:")).singleElement().satisfies(field -> {
            assertThat(field).matches("@flash:\\w+:notice");
            assertThat(hash(token)).containsEntry(field, "\"Saved\"");
        });
        with(token).get("/flash").then().statusCode(200);
        assertThat(hash(token).keySet()).noneMatch(field -> field.contains("flash")).hasSize(with.size() - 1);
    }

    @Test
    void readingAValueIsOneScriptAndLeavingItIsNoCommand() throws Exception {
        String token = saved("Saved");
        // The script is known from now on.
        with(token).get("/flash").then().statusCode(200);
        save(token, "notice", "Saved").then().statusCode(303);

        assertThat(RedisTestResource.server().count(() -> with(token).get("/flash/image").then().statusCode(200)))
                .isEqualTo(Map.of("hgetall", 1));
        assertThat(RedisTestResource.server().count(() -> with(token).get("/flash").then().statusCode(200)))
                .isEqualTo(Map.of("hgetall", 1, "evalsha", 1));
        assertThat(RedisTestResource.server().count(() -> with(token).get("/flash").then().statusCode(200)))
                .isEqualTo(Map.of("hgetall", 1));
    }

    private static Map<String, String> hash(String token) {
        return RedisTestResource.server().hash("imsession:{" + token.substring(0, SessionId.LENGTH) + "}");
    }
}
