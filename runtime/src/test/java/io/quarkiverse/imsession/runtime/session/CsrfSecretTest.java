package io.quarkiverse.imsession.runtime.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.imsession.SessionData;
import io.quarkiverse.imsession.spi.SessionToken;
import io.quarkiverse.imsession.spi.StoredSession;
import io.quarkiverse.imsession.spi.TokenHash;
import io.quarkiverse.imsession.spi.TokenState;

class CsrfSecretTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private final SecureRandom random = new SecureRandom();
    private final TokenHash hash = SessionToken.generate(random).hash();
    private final CsrfSecret secret = CsrfSecret.of(hash);

    @Test
    void tokenOfTheSecretIsValid() {
        assertThat(secret.verify(token())).isTrue();
        assertThat(token()).matches("[A-Za-z0-9_-]{86}");
    }

    @Test
    void tokensDoNotRepeatAndAllAreValid() {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < 1000; i++) {
            String token = token();
            assertThat(seen.add(token)).isTrue();
            assertThat(secret.verify(token)).isTrue();
        }
    }

    @Test
    void noHalfOfATokenRepeats() {
        String one = token();
        String other = token();
        assertThat(decode(one, 0)).isNotEqualTo(decode(other, 0));
        assertThat(decode(one, 32)).isNotEqualTo(decode(other, 32));
    }

    @Test
    void tokenOfAnotherSecretIsRefused() {
        CsrfSecret other = CsrfSecret.of(SessionToken.generate(random).hash());
        assertThat(secret.verify(other.token(mask()))).isFalse();
    }

    @Test
    void everyChangedBitIsRefused() {
        byte[] token = Base64.getUrlDecoder().decode(token());
        for (int bit = 0; bit < 8 * token.length; bit++) {
            byte[] changed = token.clone();
            changed[bit / 8] ^= (byte) (1 << bit % 8);
            assertThat(secret.verify(encode(changed))).as("bit %s", bit).isFalse();
        }
    }

    @Test
    void everyTruncatedOrExtendedTokenIsRefused() {
        String token = token();
        for (int length = 0; length < token.length(); length++) {
            assertThat(secret.verify(token.substring(0, length))).isFalse();
            assertThat(secret.verify(token.substring(token.length() - length))).isFalse();
        }
        assertThat(secret.verify(token + "A")).isFalse();
        assertThat(secret.verify(token + token)).isFalse();
        assertThat(secret.verify("A" + token)).isFalse();
    }

    @ParameterizedTest
    @NullAndEmptySource
    @ValueSource(strings = { " ", "=", "====", ".", "\0", "\ud83d", "\ud83d\ude00", "a b", "ä", "undefined", "null" })
    void whatIsNoTokenIsRefusedWithoutAnException(@Nullable String text) {
        assertThat(secret.verify(text)).isFalse();
        assertThat(secret.verify("x" + text + token())).isFalse();
        assertThat(secret.verify(token() + text + "x")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = { "A", "+", "ä", "=" })
    void tokenOfTheRightLengthOrFarTooLongIsRefusedWithoutAnException(String character) {
        assertThat(secret.verify(character.repeat(86))).isFalse();
        assertThat(secret.verify(character.repeat(10_240))).isFalse();
        assertThat(secret.verify(character.repeat(10_000_000))).isFalse();
    }

    @Test
    void secretFollowsFromTheTokenAndIsNotItsHash() {
        assertThat(CsrfSecret.of(hash).encode()).isEqualTo(secret.encode());
        assertThat(secret.encode()).isNotEqualTo(hash.value()).hasSize(43);
    }

    @Test
    void keptSecretOutlivesTheTokenItCameFrom() {
        TokenHash next = SessionToken.generate(random).hash();
        assertThat(CsrfSecret.of(stored(next, Map.of("@csrf", secret.encode()))).verify(token())).isTrue();
        assertThat(CsrfSecret.of(stored(next, Map.of())).verify(token())).isFalse();
        assertThat(CsrfSecret.of(stored(hash, Map.of())).verify(token())).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "A", "no base64url!", "AAAA" })
    void spoiledKeptSecretCountsAsNone(String kept) {
        assertThat(CsrfSecret.of(stored(hash, Map.of("@csrf", kept))).verify(token())).isTrue();
    }

    @Test
    void textFormHidesTheSecret() {
        assertThat(secret).hasToString("CsrfSecret");
    }

    private String token() {
        return secret.token(mask());
    }

    private byte[] mask() {
        byte[] mask = new byte[CsrfSecret.maskLength()];
        random.nextBytes(mask);
        return mask;
    }

    private static StoredSession stored(TokenHash current, Map<String, String> attributes) {
        return new StoredSession(TokenState.only(current), SessionData.empty(), attributes, 1, NOW, null, NOW, null, NOW);
    }

    private static String decode(String token, int from) {
        byte[] half = new byte[32];
        System.arraycopy(Base64.getUrlDecoder().decode(token), from, half, 0, half.length);
        return encode(half);
    }

    private static String encode(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
