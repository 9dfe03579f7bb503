package io.quarkiverse.imsession.runtime.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.imsession.SessionId;

class DeviceBindingTest {

    private static final SessionId ID = new SessionId("AAAAAAAAAAAAAAAAAAAAAA");
    private static final SessionId OTHER = new SessionId("BBBBBBBBBBBBBBBBBBBBBB");
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration LIFE = Duration.ofMinutes(10);
    private static final Duration GRACE = Duration.ofSeconds(10);

    private final DeviceBinding binding = DeviceBinding.of(DeviceOfferTest.bytes(1), "ES256 x y");

    @Test
    void theSessionKeepsIt() {
        assertThat(DeviceBinding.of(binding.kept())).isEqualTo(binding);
        DeviceBinding used = binding.used(NOW);
        assertThat(DeviceBinding.of(used.kept())).isEqualTo(used);
        assertThat(used.key()).isEqualTo("ES256 x y");
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = { "", "bound", "bound ", "bound 0 - secret", "bound 0 -  key", "bound ! - secret key",
            "bound 0 ! secret key", "offered AQEB -" })
    void damagedTextsKeepNone(String kept) {
        assertThat(DeviceBinding.of(kept)).isNull();
        assertThat(DeviceBinding.isInForce(kept)).isFalse();
    }

    @Test
    void aCookieIsValidForItsTime() {
        String cookie = binding.cookie(ID, NOW, LIFE);
        assertThat(binding.isCookie(ID, cookie, NOW)).isTrue();
        Instant end = NOW.plus(LIFE).plus(DeviceBinding.SLACK);
        assertThat(binding.isCookie(ID, cookie, end.minusMillis(1))).isTrue();
        assertThat(binding.isCookie(ID, cookie, end)).isFalse();
    }

    @Test
    void aCookieIsValidForItsSessionAndBindingOnly() {
        String cookie = binding.cookie(ID, NOW, LIFE);
        assertThat(binding.isCookie(OTHER, cookie, NOW)).isFalse();
        DeviceBinding other = DeviceBinding.of(DeviceOfferTest.bytes(2), "ES256 x y");
        assertThat(other.isCookie(ID, cookie, NOW)).isFalse();
        assertThat(binding.used(NOW).isCookie(ID, cookie, NOW)).as("of a parallel tab, before a refresh").isTrue();
    }

    @Test
    void nobodyExtendsACookie() {
        String cookie = binding.cookie(ID, NOW, LIFE);
        String later = binding.cookie(ID, NOW.plus(LIFE), LIFE);
        String forged = later.substring(0, later.indexOf('.')) + cookie.substring(cookie.indexOf('.'));
        assertThat(binding.isCookie(ID, forged, NOW)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = { "", ".", "a", "abc.", ".AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE",
            "zzzzzzzzzz.AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE", "-1.AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE",
            "!!!.AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE", "zzzzzzzzzzzz.AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE",
            "zzzz.\u00e4QEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE" })
    void otherTextsAreNeitherCookiesNorChallenges(String text) {
        assertThat(binding.isCookie(ID, text, NOW)).isFalse();
        assertThat(binding.isChallenge(ID, text, NOW)).isFalse();
    }

    @Test
    void aChallengeIsValidForAShortTimeAndOnce() {
        String challenge = binding.challenge(ID, NOW);
        String next = binding.challenge(ID, NOW.plusSeconds(1));
        assertThat(binding.isChallenge(ID, challenge, NOW)).isTrue();
        assertThat(binding.isChallenge(ID, next, NOW)).as("challenges of parallel requests").isTrue();
        assertThat(binding.isChallenge(ID, challenge, NOW.plus(DeviceBinding.CHALLENGE_LIFE))).isFalse();
        assertThat(binding.isChallenge(OTHER, challenge, NOW)).isFalse();
        assertThat(binding.used(NOW).isChallenge(ID, challenge, NOW)).isFalse();
        assertThat(binding.used(NOW).isChallenge(ID, next, NOW)).isFalse();
    }

    @Test
    void aChallengeIsNoCookieAndACookieNoChallenge() {
        assertThat(binding.isCookie(ID, binding.challenge(ID, NOW), NOW)).isFalse();
        assertThat(binding.isChallenge(ID, binding.cookie(ID, NOW, LIFE), NOW)).isFalse();
    }

    @Test
    void aChallengeOfTheFutureIsNone() {
        String challenge = binding.challenge(ID, NOW.plusSeconds(3600));
        assertThat(binding.isChallenge(ID, challenge, NOW)).isFalse();
    }

    @Test
    void theCookieIsDemandedWhenTheClockWasSetBack() {
        DeviceBinding shown = binding.inForce(NOW);
        assertThat(shown.demandsCookie(NOW.minusSeconds(3600), GRACE)).isTrue();
        assertThat(shown.demandsCookie(NOW.minusMillis(100), GRACE)).as("by the clock of another instance").isFalse();
    }

    @Test
    void theCookieIsDemandedOnceTheBrowserHasShownIt() {
        assertThat(binding.isInForce()).isFalse();
        assertThat(binding.demandsCookie(NOW.plus(LIFE), GRACE)).isFalse();
        DeviceBinding shown = binding.inForce(NOW);
        assertThat(DeviceBinding.isInForce(shown.kept())).isTrue();
        assertThat(shown.demandsCookie(NOW.plus(GRACE).minusMillis(1), GRACE)).isFalse();
        assertThat(shown.demandsCookie(NOW.plus(GRACE), GRACE)).isTrue();
        assertThat(shown.inForce(NOW.plusSeconds(100))).as("the time of the first one counts").isEqualTo(shown);
        assertThat(shown.used(NOW.plusSeconds(100)).since()).isEqualTo(NOW);
    }

    @Test
    void secretsAreNotPrinted() {
        assertThat(binding).asString().doesNotContain(binding.secret());
    }
}
