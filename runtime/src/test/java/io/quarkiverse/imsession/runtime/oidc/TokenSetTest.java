package io.quarkiverse.imsession.runtime.oidc;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.imsession.runtime.login.TokenKeys;
import io.quarkiverse.imsession.runtime.oidc.TokenSet.Tokens;

class TokenSetTest {

    private static final Tokens TOKENS = new Tokens("the id token", "the access token", "the refresh token", "openid");
    private static final TokenKeys NONE = new TokenKeys(List.of());
    private static final TokenKeys OLD = new TokenKeys(List.of("old"));
    private static final TokenKeys BOTH = new TokenKeys(List.of("new", "old"));

    @Test
    void setIsReadAsItWasWritten() {
        for (TokenKeys keys : List.of(NONE, OLD, BOTH)) {
            TokenSet set = set(TOKENS, keys);
            assertThat(TokenSet.decode(set.encode())).isEqualTo(set);
            assertThat(set.open(keys, "a")).isEqualTo(TOKENS);
            assertThat(set.refreshable()).isTrue();
        }
        Tokens id = new Tokens("the id token", null, null, null);
        assertThat(set(id, OLD).open(OLD, "a")).isEqualTo(id);
        assertThat(set(id, OLD).refreshable()).isFalse();
        TokenSet failed = set(TOKENS, OLD).failed(7, false);
        assertThat(TokenSet.decode(failed.encode())).isEqualTo(failed);
        assertThat(failed.dead()).isFalse();
        assertThat(TokenSet.decode(failed.failed(8, true).encode()).failed(9, false).dead()).isTrue();
    }

    @Test
    void keysEncryptForOnePlaceAndOldOnesDecrypt() {
        TokenSet set = set(TOKENS, OLD);
        assertThat(set.encode()).doesNotContain("token");
        assertThat(set.open(BOTH, "a")).isEqualTo(TOKENS);
        assertThat(set.open(OLD, "b")).isNull();
        assertThat(set.open(NONE, "a")).isNull();
        assertThat(set(TOKENS, BOTH).open(OLD, "a")).isNull();
        assertThat(set(TOKENS, NONE).open(BOTH, "a")).as("written before there were keys").isEqualTo(TOKENS);
        assertThat(set(TOKENS, OLD).encode()).isNotEqualTo(set.encode());
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "x", "{}", "[]", "null", "{\"v\":2}", "{\"v\":1,\"cookie\":1}" })
    void damagedSetIsNone(String text) {
        assertThat(TokenSet.decode(text)).isNull();
        assertThat(TokenSet.decode(null)).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "x", "AAAA", "{", "{\"id\":7}", "*" })
    void damagedTokensAreNone(String body) {
        TokenSet set = new TokenSet("q_session", 1, 1, 1, null, true, 0, 0, false, body);
        assertThat(set.open(OLD, "a")).isNull();
    }

    @Test
    void textHasNoToken() {
        assertThat(set(TOKENS, NONE) + " " + TOKENS).doesNotContain("token");
    }

    private static TokenSet set(Tokens tokens, TokenKeys keys) {
        return TokenSet.of("q_session", 1, 2, 3, 4L, 5, tokens, keys, "a");
    }
}
