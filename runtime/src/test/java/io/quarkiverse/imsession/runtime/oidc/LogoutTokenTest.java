package io.quarkiverse.imsession.runtime.oidc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;

import org.junit.jupiter.api.Test;

import io.vertx.core.json.JsonObject;

class LogoutTokenTest {

    private static final Instant NOW = Instant.ofEpochSecond(1_000_000);

    @Test
    void tokenNamesAUserOrASessionOrBoth() {
        assertThat(LogoutToken.of(claims().put("sub", "7"), NOW)).extracting(LogoutToken::subject, LogoutToken::session)
                .containsExactly("7", null);
        assertThat(LogoutToken.of(claims().put("sid", "s"), NOW)).extracting(LogoutToken::subject, LogoutToken::session)
                .containsExactly(null, "s");
        LogoutToken both = LogoutToken.of(claims().put("sub", "7").put("sid", "s"), NOW);
        assertThat(both.issuer()).isEqualTo("i");
        assertThat(both.id()).isEqualTo("j");
        assertThatThrownBy(() -> LogoutToken.of(claims(), NOW)).hasMessage("it has neither sub nor sid");
    }

    @Test
    void tokenIsKnownForAsLongAsItCouldBeUsedAgain() {
        JsonObject future = claims().put("sub", "7").put("iat", NOW.plus(LogoutToken.MOST_AGE).getEpochSecond());
        assertThat(LogoutToken.of(future, NOW).subject()).isEqualTo("7");
        assertThat(LogoutToken.KNOWN).isEqualTo(LogoutToken.MOST_AGE.multipliedBy(2));
        for (int seconds : new int[] { -301, 301 }) {
            JsonObject other = claims().put("sub", "7").put("iat", NOW.plusSeconds(seconds).getEpochSecond());
            assertThatThrownBy(() -> LogoutToken.of(other, NOW)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void claimsOfOtherTypesAreAbsent() {
        assertThatThrownBy(() -> LogoutToken.of(claims().put("sub", 7), NOW)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> LogoutToken.of(claims().put("sub", "7").put("jti", 7), NOW))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> LogoutToken.of(claims().put("sub", "7").putNull("nonce"), NOW))
                .hasMessage("it has a nonce, as ID tokens have");
        assertThatThrownBy(() -> LogoutToken.of(claims().put("sub", "7").put("events", "x"), NOW))
                .hasMessage("it has no event of a log-out");
    }

    private static JsonObject claims() {
        return new JsonObject().put("iss", "i").put("jti", "j").put("iat", NOW.getEpochSecond()).put("events",
                new JsonObject().put("http://schemas.openid.net/event/backchannel-logout", new JsonObject()));
    }
}
