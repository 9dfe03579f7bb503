package io.quarkiverse.imsession.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.imsession.test.Visitor;

/** Log-ins by passkeys stay in their cookie, which instances without sessions know. */
@Tag("further")
class PasskeyShareTest extends PasskeyContract {

    @RegisterExtension
    static final TestApp APP = app().config("quarkus.imsession.security.quarkus-cookies", "share");

    @Test
    void logInSetsTheCookieAndLogOutRemovesIt() {
        Visitor ada = registered("ada", device());
        assertThat(ada.cookies()).containsOnlyKeys(PASSKEY_COOKIE);
        assertThat(ada.get("/user").body()).isEqualTo("ada");
        ada.get("/q/webauthn/logout");
        assertThat(ada.cookies()).isEmpty();
        Visitor other = withOldCookie("ada");
        assertThat(other.get("/user").body()).isEqualTo("ada");
        assertThat(other.cookies()).containsOnlyKeys(PASSKEY_COOKIE);
    }
}
