package io.quarkiverse.imsession.runtime.oidc;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import jakarta.inject.Singleton;

import org.eclipse.microprofile.config.inject.ConfigProperty;

import io.quarkiverse.imsession.SessionId;
import io.quarkiverse.imsession.runtime.http.MechanismCookies;
import io.quarkiverse.imsession.runtime.login.TakeOver;
import io.quarkiverse.imsession.runtime.session.Login;
import io.quarkiverse.imsession.runtime.session.RequestSession;
import io.quarkus.oidc.runtime.OidcUtils;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;

/**
 * The session cookies of OIDC. The browser has none: the mechanism sees one if the session has tokens, with the id of the
 * session. The cookies of a log-in that goes on stay in the browser.
 */
@Singleton
public class OidcCookies implements MechanismCookies {

    private static final String LOG_IN = OidcUtils.STATE_COOKIE_NAME;

    private final OidcTenants tenants;
    private final TakeOver takeOver;
    private final String leftover;

    OidcCookies(OidcTenants tenants, TakeOver takeOver,
            @ConfigProperty(name = "quarkus.oidc.authentication.cookie-path", defaultValue = "/") String path,
            @ConfigProperty(name = "quarkus.oidc.authentication.cookie-domain") Optional<String> domain) {
        this.tenants = tenants;
        this.takeOver = takeOver;
        this.leftover = "; Path=" + path + domain.map(name -> "; Domain=" + name).orElse("");
    }

    @Override
    public boolean owns(String name) {
        return name.startsWith(OidcUtils.SESSION_COOKIE_NAME)
                && (name.length() == OidcUtils.SESSION_COOKIE_NAME.length()
                        || name.charAt(OidcUtils.SESSION_COOKIE_NAME.length()) == '_');
    }

    /** Those of the browser if they are to become a session. */
    @Override
    public Map<String, String> given(RequestSession session, HttpServerRequest request) {
        Login login = session.login();
        if (login == null) {
            return takeOver.isOn() ? sent(request) : Map.of();
        }
        String attribute = login.credentials();
        TokenSet tokens = attribute == null ? null : TokenSet.decode(session.storedAttribute(attribute));
        SessionId id = session.id().orElse(null);
        return tokens == null || id == null ? Map.of() : Map.of(tokens.cookie(), id.value());
    }

    private Map<String, String> sent(HttpServerRequest request) {
        Map<String, String> sent = new LinkedHashMap<>();
        for (Cookie cookie : request.cookies()) {
            if (owns(cookie.getName())) {
                sent.putIfAbsent(cookie.getName(), cookie.getValue());
            }
        }
        return sent;
    }

    /** Who posts a form to the path for answers sees no session, so that only the state that the form has can let a user in. */
    @Override
    public boolean isAnswer(HttpServerRequest request) {
        return request.method() == HttpMethod.GET ? isInQuery(request)
                : request.method() == HttpMethod.POST && isForm(request) && tenants.isAnsweredByForm(request.path())
                        && request.cookies().stream().anyMatch(cookie -> cookie.getName().startsWith(LOG_IN));
    }

    @Override
    public boolean isLogOut(String path) {
        return tenants.isLogOut(path);
    }

    private static boolean isForm(HttpServerRequest request) {
        String type = request.getHeader(HttpHeaders.CONTENT_TYPE);
        return type != null && type.startsWith(HttpHeaders.APPLICATION_X_WWW_FORM_URLENCODED.toString());
    }

    private static boolean isInQuery(HttpServerRequest request) {
        String query = request.query();
        if (query == null || !query.contains("state=")) {
            return false;
        }
        List<String> states = request.params().getAll("state");
        return states.size() == 1 && request.cookies().stream().anyMatch(cookie -> isStateOf(cookie, states.get(0)));
    }

    private static boolean isStateOf(Cookie cookie, String state) {
        String value = cookie.getValue();
        return cookie.getName().startsWith(LOG_IN) && value.startsWith(state)
                && (value.length() == state.length() || value.charAt(state.length()) == '|');
    }

    /** A log-in that was begun and not ended, maybe of another tenant. */
    @Override
    public boolean hides(String name, HttpServerRequest request) {
        return name.startsWith(LOG_IN) && request.method() != HttpMethod.POST;
    }

    @Override
    public String leftover(String name) {
        return leftover;
    }
}
