package io.quarkiverse.imsession.runtime.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.imsession.SessionId;

class DeviceOfferTest {

    private static final SessionId ID = new SessionId("AAAAAAAAAAAAAAAAAAAAAA");
    private static final Instant CREATED = Instant.parse("2026-01-01T00:00:00Z");

    private final DeviceOffer offer = DeviceOffer.of(bytes(1));

    @Test
    void theBrowserThatGotTheOfferIsKnown() {
        String authorization = offer.authorization(ID);
        assertThat(DeviceOffer.accepted(authorization).id()).isEqualTo(ID);
        DeviceOffer accepted = DeviceOffer.accepted(authorization).offer();
        assertThat(accepted.isKeptIn(offer.kept(null))).isTrue();
        assertThat(accepted.isKeptIn(offer.kept(CREATED))).isTrue();
        assertThat(accepted.challenge()).isEqualTo(offer.challenge());
    }

    @Test
    void anotherOfferIsNotAccepted() {
        DeviceOffer other = DeviceOffer.of(bytes(2));
        assertThat(other.isKeptIn(offer.kept(null))).isFalse();
        assertThat(other.challenge()).isNotEqualTo(offer.challenge());
    }

    @Test
    void theStoreDoesNotKnowTheSecret() {
        String secret = offer.authorization(ID).substring(SessionId.LENGTH + 1);
        assertThat(offer.kept(CREATED)).doesNotContain(secret).doesNotContain(offer.challenge());
        assertThat(offer).asString().doesNotContain(secret);
    }

    @Test
    void theOfferEndsTwoMinutesAfterTheLogIn() {
        String kept = offer.kept(CREATED.plusSeconds(3600));
        assertThat(DeviceOffer.isFresh(kept, CREATED, CREATED.plusSeconds(3600).plus(DeviceOffer.LIFE))).isTrue();
        assertThat(DeviceOffer.isFresh(kept, CREATED, CREATED.plusSeconds(3600).plus(DeviceOffer.LIFE).plusMillis(1)))
                .isFalse();
        String ofNew = offer.kept(null);
        assertThat(DeviceOffer.isFresh(ofNew, CREATED, CREATED.plus(Duration.ofSeconds(30)))).isTrue();
        assertThat(DeviceOffer.isFresh(ofNew, CREATED, CREATED.plus(Duration.ofSeconds(121)))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = { "", ".", "a.b", "AAAAAAAAAAAAAAAAAAAAAA", "AAAAAAAAAAAAAAAAAAAAAA.",
            "AAAAAAAAAAAAAAAAAAAAAA.short", "AAAAAAAAAAAAAAAAAAAAA!.AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE",
            "AAAAAAAAAAAAAAAAAAAAAA.AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBA\"E",
            "AAAAAAAAAAAAAAAAAAAAAA.AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEE" })
    void textsOfOtherFormsAreNoOffers(String text) {
        assertThat(DeviceOffer.accepted(text)).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "offered", "offered ", "offered AQEB -", "bound 0 - secret key", "offered \u00e4" })
    void damagedTextsKeepNoOffer(String kept) {
        assertThat(offer.isKeptIn(kept)).isFalse();
        assertThat(offer.isKeptIn(null)).isFalse();
    }

    @Test
    void aDamagedTimeIsNotFresh() {
        String kept = offer.kept(CREATED);
        String damaged = kept.substring(0, kept.lastIndexOf(' ')) + " !";
        assertThat(DeviceOffer.isFresh(damaged, CREATED, CREATED)).isFalse();
    }

    static byte[] bytes(int value) {
        byte[] bytes = new byte[DeviceOffer.SECRET_BYTES];
        Arrays.fill(bytes, (byte) value);
        return bytes;
    }
}
