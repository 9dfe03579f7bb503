package io.quarkiverse.imsession.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.net.http.HttpResponse;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.imsession.test.Visitor;
import io.quarkus.vertx.http.runtime.security.PersistentLoginManager;
import io.vertx.core.http.Cookie;
import io.vertx.ext.web.RoutingContext;

/** A cookie that passkeys have set before the extension was added. */
class StolenPasskeyCookieTest extends PasskeyContract {

    @RegisterExtension
    static final TestApp APP = app().config("quarkus.imsession.exclude-paths", "/by-policy/*");

    @Test
    void cookieOfFormerTimesOpensNothingAndIsTakenAway() {
        for (String path : new String[] { "/user", "/by-policy/excluded" }) {
            Visitor thief = visitor();
            thief.cookies().put(PASSKEY_COOKIE, cookie());
            HttpResponse<String> response = thief.get(path);
            assertThat(response.statusCode()).isEqualTo(302);
            assertThat(thief.cookies()).isEmpty();
        }
    }

    /** A cookie for ada, as passkeys make it with the key of the application. */
    private static String cookie() {
        String[] made = new String[1];
        RoutingContext context = (RoutingContext) Proxy.newProxyInstance(StolenPasskeyCookieTest.class.getClassLoader(),
                new Class<?>[] { RoutingContext.class }, (proxy, method, given) -> {
                    made[0] = ((Cookie) given[0]).getValue();
                    return proxy;
                });
        new PersistentLoginManager(KEY, PASSKEY_COOKIE, 1_000_000, 1000, false, "STRICT", "/", -1, null).save("ada", context,
                PASSKEY_COOKIE, null, false);
        return made[0];
    }
}
