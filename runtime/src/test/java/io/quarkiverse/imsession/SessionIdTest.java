package io.quarkiverse.imsession;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SessionIdTest {

    @Test
    void idIsItsText() {
        String text = "abcXYZ0123456789-_abcd";
        assertThat(new SessionId(text)).hasToString(text).isEqualTo(new SessionId(text));
        assertThat(SessionId.tryParse(text)).contains(new SessionId(text));
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "short", "abcXYZ0123456789-_abc.", "abcXYZ0123456789-_abcde", "abcXYZ0123456789-_abc\u00e9" })
    void otherShapesAreRefusedWithoutRepeatingThem(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> new SessionId(text))
                .satisfies(e -> assertThat(text.length() > 5 && e.getMessage().contains(text)).isFalse());
        assertThat(SessionId.tryParse(text)).isEmpty();
    }
}
