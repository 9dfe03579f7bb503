package io.quarkiverse.imsession.runtime.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlainPathTest {

    @ParameterizedTest
    @ValueSource(strings = { "/", "/hooks", "/hooks/", "/hooks/a", "/hooks/a/", "/a-b_c~d/e.f/.well-known/...", "/..a/a../.a.",
            "/a+b/c@d:e/f=g,h&i/$j/!k'l()*", "/v1.2/x" })
    void pathOfPlainCharactersIsReadAsItIsAndNotCopied(String path) {
        assertThat(PlainPath.decode(path)).isSameAs(path);
    }

    @ParameterizedTest
    @CsvSource({ "/caf%C3%A9, /café", "/caf%c3%a9, /café", "/caf%C3%a9/x, /café/x", "/a%20b, /a b", "/%68ooks, /hooks",
            "/hook%73/x, /hooks/x", "/%7Eada, /~ada", "/a%7Bb%7D, /a{b}", "/%5B1%5D, /[1]", "/%E2%82%AC, /€",
            "/%F0%9F%8D%AA/, /🍪/" })
    void pathIsDecodedWhateverTheCaseOfItsEscapes(String path, String decoded) {
        assertThat(PlainPath.decode(path)).isEqualTo(decoded);
    }

    @ParameterizedTest
    @ValueSource(strings = {
            // Path parameters, which servlets and Quarkus REST drop.
            "/hooks;", "/hooks/;", "/hooks/..;/transfer", "/hooks/..;x=y/transfer", "/hooks;a/transfer", "/;/transfer",
            "/hooks/a%3B", "/hooks/a%3b/..",
            // Dots.
            "/hooks/..", "/hooks/../transfer", "/hooks/.", "/hooks/./transfer", "/../transfer", "/..", "/.", "/./",
            "/hooks/%2e%2e/transfer", "/hooks/%2E./transfer", "/hooks/.%2e/transfer", "/hooks/%2e", "/a%2Eb",
            // Slashes.
            "//", "//hooks", "/hooks//transfer", "/hooks//", "/hooks/..%2ftransfer", "/hooks%2F..%2Ftransfer", "/hooks%2f",
            // Backslashes.
            "/hooks\\..\\transfer", "/hooks/..\\transfer", "/hooks/%5c..%5Ctransfer", "\\hooks",
            // What is decoded twice by some.
            "/hooks/%252e%252e/transfer", "/hooks/%25", "/hooks/%252f",
            // What ends a path.
            "/hooks?x", "/hooks#x", "/hooks%3Fx", "/hooks%23x", "/hooks%3f", "/hooks/#/../transfer",
            // What some decode and some do not.
            "/a%40b", "/a%3Ab", "/a%2Bb", "/a%26b", "/a%3Db", "/a%2Cb", "/a%24b", "/a%21b", "/a%27b", "/a%28b", "/a%2Ab",
            // What has to be encoded.
            "/a b", "/a\"b", "/a<b", "/a{b", "/a|b", "/a^b", "/a`b", "/a[b", "/café", "/caf\u00c3\u00a9", "/a\u007fb",
            // Control characters.
            "/a\0b", "/a\tb", "/a\r\nb", "/a%00b", "/a%0db", "/a%0Ab", "/a%09", "/a%1f", "/a%7F", "/a%C2%85", "/a%c2%80b",
            // Escapes that are none.
            "/%", "/a%", "/a%2", "/a%4", "/a%zz", "/a%4g", "/a%g1", "/a%%41", "/a%-1", "/a%+1", "/a% 1", "/a%u0041",
            "/a%\uff14\uff11",
            // Bytes that are no UTF-8: overlong, cut, surrogates, beyond Unicode, of other charsets.
            "/hooks/%c0%ae%c0%ae/transfer", "/hooks%c0%afx", "/a%C1%81", "/a%e0%80%af", "/a%f0%80%80%af", "/a%C3", "/a%C3/x",
            "/a%A9", "/a%ED%A0%80", "/a%F4%90%80%80", "/a%FF", "/a%E9",
            // No path at all.
            "", "*", "hooks", "hooks/a", "http://localhost/hooks", ";://s/hooks", "?://s/hooks", " /hooks", "%2Fhooks" })
    void pathThatLayersReadDifferentlyIsNotPlain(String path) {
        assertThat(PlainPath.decode(path)).isNull();
    }

    @Test
    void everyCharacterIsDecidedAlone() {
        for (char c = 0; c < 0x200; c++) {
            boolean plain = c < 0x7f && (Character.isLetterOrDigit(c) || "-._~!$&'()*+,=:@/".indexOf(c) >= 0);
            assertThat(PlainPath.decode("/a" + c + "b") != null).as("%s", (int) c).isEqualTo(plain);
            if (c < 0x80) {
                boolean encoded = Character.isLetterOrDigit(c) || " \"-<>[]^_`{|}~".indexOf(c) >= 0;
                for (String escape : new String[] { String.format("%%%02x", (int) c), String.format("%%%02X", (int) c) }) {
                    assertThat(PlainPath.decode("/a" + escape + "b")).as(escape).isEqualTo(encoded ? "/a" + c + "b" : null);
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({ "/account/*, /account/*", "/café/*, /café/*", "/caf%c3%a9/*, /café/*", "/a b, /a b", "/a%20b, /a b",
            "/{x}, /{x}", "/, /", "/*, /*" })
    void configuredPathMayBeEncodedOrNot(String path, String decoded) {
        assertThat(PlainPath.decodeConfigured(path)).isEqualTo(decoded);
    }

    @ParameterizedTest
    @ValueSource(strings = { "/a;b", "/a//b", "/a/../b", "/a/.", "/a\\b", "/a%2fb", "/a%", "/a?b", "/a#b", "/a%40b", "/a%C3",
            "/a\nb", "/a%2E", "//*", "a", "" })
    void configuredPathThatNoRequestCanHaveIsTold(String path) {
        assertThat(PlainPath.decodeConfigured(path)).isNull();
    }
}
