package io.quarkiverse.imsession.runtime.oidc;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

import jakarta.inject.Singleton;

import io.quarkiverse.imsession.SessionId;
import io.quarkiverse.imsession.runtime.http.MechanismCookies;
import io.quarkiverse.imsession.runtime.login.TakeOver;
import io.quarkiverse.imsession.runtime.session.Login;
import io.quarkiverse.imsession.runtime.session.RequestSession;
import io.quarkus.oidc.OidcTenantConfig;
import io.quarkus.oidc.runtime.OidcUtils;
import io.quarkus.oidc.runtime.TenantConfigContext;
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

    /** What follows the name of the session cookie: one with another token, and the number of a chunk. */
    private static final Pattern PART = Pattern.compile("(_at|_rt)?(_chunk_\\d+)?");
    private static final String LOG_IN = OidcUtils.STATE_COOKIE_NAME;

    private final OidcTenants tenants;
    private final TakeOver takeOver;

    OidcCookies(OidcTenants tenants, TakeOver takeOver) {
        this.tenants = tenants;
        this.takeOver = takeOver;
    }

    @Override
    public boolean owns(String name) {
        return name.startsWith(OidcUtils.SESSION_COOKIE_NAME)
                && (name.length() == OidcUtils.SESSION_COOKIE_NAME.length()
                        || name.charAt(OidcUtils.SESSION_COOKIE_NAME.length()) == '_');
    }

    /**
     * Whether a cookie is one of those that begin with the session cookie of a tenant, each of which has a part of a log-in.
     */
    static boolean isPartOf(String cookie, String name) {
        return name.startsWith(cookie) && PART.matcher(name.substring(cookie.length())).matches();
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

    /**
     * A form that is posted to the path for answers counts as one although its state is not known yet: beside the session the
     * mechanism would not look at it. Its state, which it reads later, has to be that of a log-in of this browser.
     */
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
        return tenants.all().stream().map(TenantConfigContext::oidcConfig)
                .filter(config -> isPartOf(OidcUtils.getSessionCookieName(config), name)).findFirst()
                .map(OidcCookies::leftover).orElse("; Path=/");
    }

    private static String leftover(OidcTenantConfig config) {
        return "; Path=" + config.authentication().cookiePath()
                + config.authentication().cookieDomain().map(domain -> "; Domain=" + domain).orElse("");
    }
}
