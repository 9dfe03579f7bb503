package io.quarkiverse.imsession.runtime.devices;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.imsession.SessionData;
import io.quarkiverse.imsession.SessionId;
import io.quarkiverse.imsession.runtime.session.Attributes;
import io.quarkiverse.imsession.spi.StoredSession;
import io.quarkiverse.imsession.spi.TokenHash;
import io.quarkiverse.imsession.spi.TokenState;

class NoticeLinkTest {

    private static final Instant NOW = Instant.parse("2026-11-27T12:00:00Z");
    private static final Duration WEEK = Duration.ofDays(7);
    private static final SessionId ID = new SessionId("AAAAAAAAAAAAAAAAAAAAAA");
    private static final NoticeLink LINK = NoticeLink.of(ID, new byte[NoticeLink.BYTES]);

    @Test
    void linkHoldsForItsSessionItsUserAndItsTime() {
        String kept = LINK.toKeep("ada", NOW, WEEK);
        NoticeLink read = NoticeLink.parse(LINK.text()).orElseThrow();
        assertThat(read).isEqualTo(LINK);
        assertThat(read.isOf(session(kept, NOW), "ada")).isTrue();
        assertThat(read.isOf(session(kept, NOW.plus(WEEK).minusMillis(1)), "ada")).isTrue();
        assertThat(read.isOf(session(kept, NOW.plus(WEEK)), "ada")).isFalse();
        assertThat(read.isOf(session(kept, NOW), "bob")).isFalse();
        byte[] other = new byte[NoticeLink.BYTES];
        other[0] = 1;
        assertThat(NoticeLink.of(ID, other).isOf(session(kept, NOW), "ada")).isFalse();
        assertThat(kept).doesNotContain(LINK.secret());
        assertThat(LINK.toString()).doesNotContain(LINK.secret());
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = { "", " ", "x", "x y", "9999999999999 ", "9999999999999 x", " x", "99999999999999999999999 x" })
    void damagedSessionHasNoLink(String kept) {
        assertThat(LINK.isOf(session(kept, NOW), "ada")).isFalse();
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = { "", "x", "AAAAAAAAAAAAAAAAAAAAAA", "AAAAAAAAAAAAAAAAAAAAAA.",
            "AAAAAAAAAAAAAAAAAAAAAA.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
            "AAAAAAAAAAAAAAAAAAAAAA.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
            "AAAAAAAAAAAAAAAAAAAAAA.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
            "AAAAAAAAAAAAAAAAAAAAAA:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
            "AAAAAAAAAAAAAAAAAAAAA\u00e4.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA" })
    void otherTextsAreNoLinks(String text) {
        assertThat(NoticeLink.parse(text)).isEmpty();
    }

    private static StoredSession session(String kept, Instant now) {
        return new StoredSession(TokenState.only(TokenHash.NOBODYS), SessionData.empty(),
                kept == null ? Map.of() : Map.of(Attributes.NOTICE, kept), 1, NOW, null, NOW.plus(WEEK), null, now);
    }
}
