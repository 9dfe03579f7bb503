package io.quarkiverse.imsession.runtime.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.Test;

import io.quarkiverse.imsession.spi.SessionToken;
import io.quarkiverse.imsession.spi.TokenHash;

class TokenCodecTest {

    private static final String KEY = "0123456789abcdef0123456789abcdef";
    private static final String OTHER_KEY = "fedcba9876543210fedcba9876543210";

    private final TokenCodec plain = new TokenCodec(List.of());
    private final TokenCodec signing = new TokenCodec(List.of(KEY));

    @Test
    void tokenIsAnIdAndASecret() {
        String text = plain.encode(plain.generate(), 1);
        assertThat(text).matches("[A-Za-z0-9_-]{22}\\.[A-Za-z0-9_-]{32}");
        assertThat(plain.encode(plain.decode(text), 1)).isEqualTo(text);
    }

    /** RFC 6265bis §5.6: browsers drop a cookie whose name and value have more than 4096 bytes. */
    @Test
    void longestTokenFitsIntoACookieOfTheLongestName() {
        int longestName = 256;
        assertThat(signing.encode(signing.generate(), 1)).hasSizeLessThanOrEqualTo(4096 - longestName).matches("[!-~]+");
    }

    @Test
    void secretHasAtLeast128BitsOfASecureRandom() {
        byte[] random = Base64.getUrlDecoder().decode(plain.encode(plain.generate(), 1).substring(23));
        assertThat(random.length * 8).isGreaterThanOrEqualTo(128);
    }

    @Test
    void tokensDoNotRepeat() {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < 10_000; i++) {
            assertThat(seen.add(plain.encode(plain.generate(), 1))).isTrue();
        }
    }

    @Test
    void renewalKeepsTheIdAndReplacesTheSecret() {
        SessionToken token = plain.generate();
        SessionToken next = plain.renew(token);
        assertThat(next.id()).isEqualTo(token.id());
        assertThat(next.hash()).isNotEqualTo(token.hash());
    }

    @Test
    void textFormsHideTheSecret() {
        SessionToken token = plain.generate();
        String secret = token.value().substring(23);
        assertThat(token.toString()).startsWith(token.id().value()).doesNotContain(secret);
        assertThat(token.hash().toString()).doesNotContain(secret);
        assertThat(new CommitResult.Send(token.value(), java.time.Duration.ofDays(1), false, token).toString())
                .doesNotContain(secret);
    }

    @Test
    void hashIsTheFirst132BitsOfTheSha256OfTheSecretInBase64Url() throws Exception {
        SessionToken token = SessionToken.tryParse("A".repeat(22) + "." + "B".repeat(32));
        byte[] digest = java.security.MessageDigest.getInstance("SHA-256").digest("B".repeat(32).getBytes());
        String text = java.util.Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
        assertThat(token.hash().value()).isEqualTo(text.substring(0, 22));
        assertThat(new TokenHash(text)).as("as an earlier version stored it").isEqualTo(token.hash());
        assertThat(token.hash().matches(new TokenHash(text))).isTrue();
    }

    @Test
    void eachCharacterOfTheHashCounts() {
        TokenHash hash = plain.generate().hash();
        for (int i = 0; i < hash.value().length(); i++) {
            String other = hash.value().charAt(i) == 'A' ? "B" : "A";
            assertThat(hash.matches(new TokenHash(hash.value().substring(0, i) + other + hash.value().substring(i + 1))))
                    .isFalse();
        }
        assertThat(hash.matches(new TokenHash(hash.value().substring(0, 21)))).isFalse();
    }

    @Test
    void signedTokenIsVerified() {
        SessionToken token = signing.generate();
        String text = signing.encode(token, 1);
        assertThat(signing.decode(text)).isEqualTo(token);
        assertThat(signing.decode(token.value())).as("without signature").isNull();
        assertThat(signing.decode(text.substring(0, text.length() - 1) + (text.endsWith("A") ? "B" : "A"))).isNull();
        assertThat(signing.decode((text.startsWith("A") ? "B" : "A") + text.substring(1))).isNull();
        assertThat(new TokenCodec(List.of(OTHER_KEY)).decode(text)).isNull();
        assertThat(plain.decode(text)).as("signed token where none is expected").isNull();
    }

    @Test
    void firstKeySignsAndAllVerify() {
        TokenCodec rotated = new TokenCodec(List.of(OTHER_KEY, KEY));
        SessionToken token = signing.generate();
        assertThat(rotated.decode(signing.encode(token, 1))).isEqualTo(token);
        assertThat(signing.decode(rotated.encode(token, 1))).isNull();
    }

    @Test
    void anyTextIsRefusedWithoutAnException() {
        for (String text : List.of("", ".", "a", "\ud83d", "a".repeat(100_000),
                "A".repeat(22) + "." + "B".repeat(32) + "." + "C".repeat(43),
                "A".repeat(55), "\u00e9".repeat(22) + "." + "B".repeat(32))) {
            assertThat(plain.decode(text)).isNull();
            assertThat(signing.decode(text)).isNull();
        }
    }
}
