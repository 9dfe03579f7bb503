package io.quarkiverse.imsession.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.quarkiverse.imsession.Reference;
import io.quarkiverse.imsession.SessionId;

class RedisKeysTest {

    private final RedisKeys keys = new RedisKeys("app");

    @Test
    void keyOfASessionIsItsId() {
        assertThat(keys.session(new SessionId("abcXYZ0123456789-_abcd"))).isEqualTo("app:{abcXYZ0123456789-_abcd}");
    }

    @ParameterizedTest
    @CsvSource({ "user_id, 7, app:ref:user_id:{7}", "mail, ada@example.org, app:ref:mail:{ada@example.org}",
            "a:b, c:d, app:ref:a%3Ab:{c:d}", "{a}, }7, app:ref:%7Ba%7D:{%7D7}", "a, 7%7D, app:ref:a:{7%257D}" })
    void plainValuesAreReadableAndOthersEscaped(String field, String value, String key) {
        assertThat(keys.reference(new Reference(field, value))).isEqualTo(key);
    }

    @Test
    void noTwoReferencesShareAKeyAndTheirTagIsNeverEmpty() {
        List<String> parts = List.of("a", "b", ":", "{", "}", "%", "}:{", ":{", "%7D", "%3A", "*", " ");
        Map<String, Reference> references = new HashMap<>();
        for (String first : parts) {
            for (String second : parts) {
                for (String third : parts) {
                    for (String fourth : parts) {
                        Reference reference = new Reference(first + second, third + fourth);
                        String key = keys.reference(reference);
                        assertThat(references.merge(key, reference, (before, now) -> before)).as(key).isEqualTo(reference);
                        assertThat(key.indexOf('}')).as(key).isEqualTo(key.length() - 1)
                                .isGreaterThan(key.indexOf('{') + 1);
                    }
                }
            }
        }
    }

    @Test
    void valueIsGivenAsToTheListingOfItsSessions() {
        assertThat(keys.reference("user_id", 7)).isEqualTo(keys.reference("user_id", "7")).isEqualTo("app:ref:user_id:{7}");
        assertThatIllegalArgumentException().isThrownBy(() -> keys.reference("user_id", Map.of()));
        assertThatIllegalArgumentException().isThrownBy(() -> keys.reference("user_id", ""));
    }

    @Test
    void sessionOfAKeyIsTold() {
        SessionId id = new SessionId("abcXYZ0123456789-_abcd");
        assertThat(keys.sessionId(keys.session(id))).contains(id);
        assertThat(List.of("app:{short}", "app:ref:user_id:{7}", "other:{" + id + "}", "")).allSatisfy(
                other -> assertThat(keys.sessionId(other)).isEmpty());
    }
}
