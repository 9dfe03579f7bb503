package io.quarkiverse.imsession.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.net.URL;
import java.net.http.HttpResponse;

import io.quarkiverse.imsession.test.Visitor;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.vertx.http.runtime.security.PersistentLoginManager;
import io.vertx.core.http.Cookie;
import io.vertx.ext.web.RoutingContext;

/** An application whose users log in by the form of Quarkus, as its guide makes it. */
abstract class FormContract {

    static final String FORM_COOKIE = "quarkus-credential";
    static final String LOCATION_COOKIE = "quarkus-redirect-location";
    static final String KEY = "a key that only tests know of, of 32";

    @TestHTTPResource
    URL server;

    static TestApp app(Class<?>... classes) {
        return TestApp.of(LoginResource.class, FormContract.class, FormResource.class).with(classes)
                .config("quarkus.imsession.security.enabled", "true")
                .config("quarkus.oidc.enabled", "false")
                .config("quarkus.http.auth.form.enabled", "true")
                .config("quarkus.http.auth.session.encryption-key", KEY)
                .config("quarkus.security.users.embedded.enabled", "true")
                .config("quarkus.security.users.embedded.plain-text", "true")
                .config("quarkus.security.users.embedded.users.ada", "lovelace")
                .config("quarkus.security.users.embedded.roles.ada", "admin,author")
                .config("quarkus.security.users.embedded.users.bob", "bobby");
    }

    final String address() {
        return server.toString().replaceAll("/$", "");
    }

    final Visitor visitor() {
        return new Visitor(address());
    }

    static HttpResponse<String> logIn(Visitor visitor, String user, String password) {
        return visitor.post("/j_security_check", "j_username=" + user + "&j_password=" + password);
    }

    final Visitor ada() {
        return loggedIn(visitor(), "ada", "lovelace");
    }

    static Visitor loggedIn(Visitor visitor, String user, String password) {
        assertThat(logIn(visitor, user, password).statusCode()).isEqualTo(302);
        assertThat(visitor.get("/who").body()).startsWith(user);
        return visitor;
    }

    static void assertSendsToForm(HttpResponse<String> response) {
        assertThat(response.statusCode()).isEqualTo(302);
        assertThat(response.headers().firstValue("Location").orElseThrow()).endsWith("/login.html");
    }

    /** A cookie as the form has set it for a user before there were sessions. */
    static String oldCookie(String user) {
        return oldCookie(user, KEY, 1_000_000);
    }

    static String oldCookie(String user, String key, long validMillis) {
        String[] made = new String[1];
        RoutingContext context = (RoutingContext) Proxy.newProxyInstance(
                FormContract.class.getClassLoader(), new Class<?>[] { RoutingContext.class },
                (proxy, method, given) -> {
                    made[0] = ((Cookie) given[0]).getValue();
                    return proxy;
                });
        new PersistentLoginManager(key, FORM_COOKIE, validMillis, 1000, false, "STRICT", "/", -1, null).save(user, context,
                FORM_COOKIE, null, false);
        return made[0];
    }

    final Visitor withOldCookie(String user) {
        Visitor visitor = visitor();
        visitor.cookies().put(FORM_COOKIE, oldCookie(user));
        return visitor;
    }
}
