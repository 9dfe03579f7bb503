package io.quarkiverse.imsession.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.http.HttpResponse;

import io.quarkiverse.imsession.test.Visitor;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.security.webauthn.WebAuthnHardware;
import io.quarkus.vertx.http.runtime.security.PersistentLoginManager;
import io.vertx.core.http.Cookie;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;

/** An application whose users log in by passkeys, as the guide of Quarkus makes it. */
abstract class PasskeyContract {

    static final String PASSKEY_COOKIE = "quarkus-credential";
    static final String CHALLENGE = "_quarkus_webauthn_challenge";
    static final String KEY = "a key that only tests know of, of 32";

    @TestHTTPResource
    URL server;

    static TestApp app(Class<?>... classes) {
        return TestApp.of(PasskeyContract.class, PasskeyResource.class, PasskeyUsers.class).with(classes)
                .config("quarkus.imsession.security.enabled", "true")
                .config("quarkus.webauthn.enable-login-endpoint", "true")
                .config("quarkus.webauthn.enable-registration-endpoint", "true")
                .config("quarkus.http.auth.session.encryption-key", KEY);
    }

    final String address() {
        return server.toString().replaceAll("/$", "");
    }

    final Visitor visitor() {
        return new Visitor(address());
    }

    /** The device of a user. */
    final WebAuthnHardware device() {
        try {
            return new WebAuthnHardware(new URL(address()));
        } catch (MalformedURLException e) {
            throw new AssertionError(e);
        }
    }

    /** Registers a user, who is then logged in. */
    final Visitor registered(String user, WebAuthnHardware device) {
        Visitor visitor = visitor();
        HttpResponse<String> response = register(visitor, user, device);
        assertThat(response.statusCode()).isEqualTo(204);
        return visitor;
    }

    static HttpResponse<String> register(Visitor visitor, String user, WebAuthnHardware device) {
        String challenge = challenge(visitor, "/q/webauthn/register-options-challenge?username=" + user);
        return visitor.postJson("/q/webauthn/register?username=" + user, device.makeRegistrationJson(challenge).encode());
    }

    static HttpResponse<String> logIn(Visitor visitor, WebAuthnHardware device) {
        return logIn(visitor, device, "/q/webauthn/login");
    }

    static HttpResponse<String> logIn(Visitor visitor, WebAuthnHardware device, String path) {
        String challenge = challenge(visitor, "/q/webauthn/login-options-challenge");
        return visitor.postJson(path, device.makeLoginJson(challenge).encode());
    }

    static String challenge(Visitor visitor, String path) {
        HttpResponse<String> response = visitor.get(path);
        assertThat(response.statusCode()).isEqualTo(200);
        return new JsonObject(response.body()).getString("challenge");
    }

    static void assertSendsToLogIn(HttpResponse<String> response, String from) {
        assertThat(response.statusCode()).isEqualTo(302);
        assertThat(response.headers().firstValue("Location").orElseThrow()).endsWith("/login.html?from=" + from);
    }

    /** A cookie as passkeys have set it for a user before there were sessions. */
    static String oldCookie(String user) {
        String[] made = new String[1];
        RoutingContext context = (RoutingContext) Proxy.newProxyInstance(PasskeyContract.class.getClassLoader(),
                new Class<?>[] { RoutingContext.class }, (proxy, method, given) -> {
                    made[0] = ((Cookie) given[0]).getValue();
                    return proxy;
                });
        new PersistentLoginManager(KEY, PASSKEY_COOKIE, 1_000_000, 1000, false, "STRICT", "/", -1, null).save(user, context,
                PASSKEY_COOKIE, null, false);
        return made[0];
    }

    final Visitor withOldCookie(String user) {
        Visitor visitor = visitor();
        visitor.cookies().put(PASSKEY_COOKIE, oldCookie(user));
        return visitor;
    }
}
