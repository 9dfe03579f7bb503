package io.quarkiverse.imsession.runtime.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.imsession.runtime.device.DeviceHeaders.Skipped;
import io.quarkiverse.imsession.runtime.device.DeviceHeaders.Skipped.Reason;

class DeviceHeadersTest {

    /** The examples of the draft (§9.1 and §9.2) and the vectors of dbsc-toolkit, spec/vectors/registration-header.json. */
    @Test
    void offersAndChallengesAreThoseOfTheDraft() {
        assertThat(DeviceHeaders.registration("reg", "cv", null)).isEqualTo("(ES256 RS256);path=\"reg\";challenge=\"cv\"");
        assertThat(DeviceHeaders.registration("reg", "cv", "ac"))
                .isEqualTo("(ES256 RS256);path=\"reg\";challenge=\"cv\";authorization=\"ac\"");
        assertThat(DeviceHeaders.challenge("new challenge", "my session")).isEqualTo("\"new challenge\";id=\"my session\"");
        assertThat(DeviceHeaders.challenge("KN3qw_pQxR8tY5uI8oP1aS2dF3gH4jK5lM6nO7pQ8rS",
                "sess_3f9a1c7e8b2d4f60a1b2c3d4e5f60718"))
                .isEqualTo("\"KN3qw_pQxR8tY5uI8oP1aS2dF3gH4jK5lM6nO7pQ8rS\";id=\"sess_3f9a1c7e8b2d4f60a1b2c3d4e5f60718\"");
    }

    @Test
    void quotesAreEscapedAndOtherCharactersAreRefused() {
        assertThat(DeviceHeaders.challenge("a\"b\\c", "s")).isEqualTo("\"a\\\"b\\\\c\";id=\"s\"");
        for (String text : List.of("\r\nSet-Cookie: a=b", "\t", "\u0000", "\u007f", "\u00e4", "\ud83d\ude00")) {
            assertThatThrownBy(() -> DeviceHeaders.challenge(text, "s")).isInstanceOf(IllegalArgumentException.class)
                    .hasMessageNotContaining(text);
            assertThatThrownBy(() -> DeviceHeaders.registration("/", "c", text)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void readsProofsAndSessions() {
        assertThat(DeviceHeaders.response("\"eyJh.eyJq.c2ln\"")).isEqualTo("eyJh.eyJq.c2ln");
        assertThat(DeviceHeaders.response(" \"eyJh.eyJq.c2ln\"; a; b=1.5;c=?0;d=:aGk=:;e=@-12;f=%\"a\";g=tok;h=\"s\" "))
                .isEqualTo("eyJh.eyJq.c2ln");
        assertThat(DeviceHeaders.sessionId("\"session-id\"")).isEqualTo("session-id");
        assertThat(DeviceHeaders.sessionId("\"a\\\"b\\\\c\";id=\"s-1\"")).isEqualTo("a\"b\\c");
    }

    /** As Chromium sends them, up to version 156 at least. */
    @Test
    void readsProofsAndSessionsWithoutQuotes() {
        for (String text : List.of("eyJh.eyJq.c2ln-_", "7", "-", "_a", "A-z0.9_")) {
            assertThat(DeviceHeaders.response(text)).isEqualTo(text);
            assertThat(DeviceHeaders.sessionId(text)).isEqualTo(text);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = { "", " ", "\"", "\"a", "a\"", "\"a\\\"", "\"a\\b\"", "\"a\nb\"", "\"\u00e4\"", "\"a\" b",
            "\"a\", \"b\"", "\"a\";", "\"a\";B=1", "\"a\";bC", "\"a\";=1", "\"a\";b=", "\"a\";b=\"", "\"a\";b=?2", "(\"a\")",
            "?1", ":aGk=:", ":aGk=", "@12", "%\"a\"", "%", "@", "?", ":", " 1", "a b", "a;b", "a,b", "\"\"", "\u0000",
            "a\u0000", "=a", "'a'" })
    void whatIsNoStringIsNoProof(String value) {
        assertThat(DeviceHeaders.response(value)).isNull();
        assertThat(DeviceHeaders.sessionId(value)).isNull();
    }

    /** The example of the draft (§9.5), and vectors of dbsc-server, vectors/headers.json. */
    @Test
    void readsSkippedSessions() {
        assertThat(DeviceHeaders.skipped("unreachable;session_identifier=\"123\", quota_exceeded;session_identifier=\"456\""))
                .containsExactly(new Skipped(Reason.UNREACHABLE, "123"), new Skipped(Reason.QUOTA_EXCEEDED, "456"));
        assertThat(DeviceHeaders.skipped("server_error\t,\tsome_future_reason"))
                .containsExactly(new Skipped(Reason.SERVER_ERROR, null), new Skipped(Reason.OTHER, null));
        assertThat(DeviceHeaders.skipped("other")).containsExactly(new Skipped(Reason.OTHER, null));
        assertThat(DeviceHeaders.skipped("\"unreachable\"")).isEmpty();
        for (String malformed : List.of("", "unreachable,", ",unreachable", "unreachable quota_exceeded", "(unreachable)",
                "unreachable;session_identifier=\"123")) {
            assertThat(DeviceHeaders.skipped(malformed)).as(malformed).isEmpty();
        }
    }
}
