package io.quarkiverse.imsession.runtime.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import io.quarkiverse.imsession.SessionData;
import io.quarkiverse.imsession.spi.SessionToken;
import io.quarkiverse.imsession.spi.StoredSession;
import io.quarkiverse.imsession.spi.TokenState;

class AuthenticationTimeTest {

    private static final Instant CREATED = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant RENEWED = CREATED.plusSeconds(60);
    private static final Instant NOW = CREATED.plusSeconds(90);

    private final SessionToken token = SessionToken.generate(new SecureRandom());

    @Test
    void thereIsNoneUntilALogInOrARenewalOnPurpose() {
        assertThat(AuthenticationTime.of(stored(null, Map.of()))).isEmpty();
        assertThat(AuthenticationTime.of(stored(RENEWED, Map.of()))).isEmpty();
    }

    @Test
    void itIsWhenTheTokenWasGiven() {
        Map<String, String> authenticated = Map.of("@authenticated", "token");
        assertThat(AuthenticationTime.of(stored(null, authenticated))).contains(CREATED);
        assertThat(AuthenticationTime.of(stored(RENEWED, authenticated))).contains(RENEWED);
    }

    @Test
    void whatATimedRenewalKeptWins() {
        Instant kept = CREATED.plusMillis(12_345);
        String text = AuthenticationTime.encode(kept);
        assertThat(AuthenticationTime.of(stored(RENEWED, Map.of("@authenticated", text)))).contains(kept);
    }

    @Test
    void damagedTimeIsNoAuthentication() {
        for (String damaged : new String[] { "", "x", "1.5", "9".repeat(30) }) {
            assertThat(AuthenticationTime.of(stored(RENEWED, Map.of("@authenticated", damaged)))).isEmpty();
        }
    }

    private StoredSession stored(@Nullable Instant renewed, Map<String, String> attributes) {
        return new StoredSession(TokenState.only(token.hash()), SessionData.empty(), attributes, 1, CREATED, renewed,
                NOW.plus(Duration.ofHours(1)), null, NOW);
    }
}
