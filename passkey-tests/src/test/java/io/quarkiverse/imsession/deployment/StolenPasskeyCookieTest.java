package io.quarkiverse.imsession.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.imsession.test.Visitor;

/** A cookie that passkeys have set before the extension was added. */
@Tag("further")
class StolenPasskeyCookieTest extends PasskeyContract {

    @RegisterExtension
    static final TestApp APP = app().config("quarkus.imsession.exclude-paths", "/by-policy/*");

    @Test
    void cookieOfFormerTimesOpensNothingAndIsTakenAway() {
        for (String path : new String[] { "/user", "/by-policy/excluded" }) {
            Visitor thief = visitor();
            thief.cookies().put(PASSKEY_COOKIE, oldCookie("ada"));
            HttpResponse<String> response = thief.get(path);
            assertThat(response.statusCode()).isEqualTo(302);
            assertThat(thief.cookies()).isEmpty();
        }
    }
}
