package io.quarkiverse.imsession.runtime.http;

import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.quarkiverse.imsession.SessionId;
import io.quarkiverse.imsession.codec.JsonText;
import io.quarkiverse.imsession.runtime.config.CookieConfig;
import io.quarkiverse.imsession.runtime.config.CookieConfig.Persistence;
import io.quarkiverse.imsession.runtime.config.CookieConfig.SameSite;
import io.quarkiverse.imsession.runtime.config.DeviceBoundConfig;
import io.quarkiverse.imsession.runtime.device.DeviceHeaders;
import io.quarkiverse.imsession.runtime.device.DeviceHeaders.Skipped;
import io.quarkiverse.imsession.runtime.device.DeviceOffer;
import io.quarkiverse.imsession.runtime.session.DeviceBindings.Reply;
import io.quarkiverse.imsession.runtime.session.RequestSession;
import io.quarkiverse.imsession.runtime.session.SessionMetrics;
import io.quarkiverse.imsession.spi.SessionIdResolver;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;

/**
 * What requests and responses carry of the binding of a session to a device: the bound cookie beside the session cookie, the
 * offer to register a key, and the instructions for the browser.
 */
public final class DeviceExchange {

    /** What follows the name of the session cookie in that of the bound cookie. */
    private static final String SUFFIX = "-bound";

    private final SessionIdResolver resolver;
    private final CookieSessionIdResolver bound;
    private final SessionMetrics metrics;
    private final @Nullable PathPatterns required;
    private final String registration;
    private final String refresh;
    private final List<Map<String, String>> credentials;
    private final List<String> initiators;

    /**
     * @param resolver carries the token of sessions
     * @param root the root path of the application, with a slash at its end
     */
    public DeviceExchange(DeviceBoundConfig config, CookieConfig cookie, SessionIdResolver resolver, SessionMetrics metrics,
            String root) {
        CookieAttributes attributes = CookieAttributes.of(cookie);
        String name = cookieName(attributes.name());
        this.bound = new CookieSessionIdResolver(new CookieAttributes(name, attributes.path(), attributes.domain(), true,
                attributes.sameSite(), attributes.secure(), attributes.partitioned(), Persistence.TRUE));
        this.resolver = resolver;
        this.metrics = metrics;
        List<String> paths = config.requiredFor().orElse(List.of());
        this.required = paths.isEmpty() ? null : new PathPatterns(paths, true);
        String base = root.substring(0, root.length() - 1) + config.path();
        this.registration = base + "/registration";
        this.refresh = base + "/refresh";
        this.credentials = List.of(Map.of("type", "cookie", "name", name, "attributes", bound.attributes()));
        // A link on another site leads to this one: the browser sends the session cookie, and needs the other one, too.
        this.initiators = cookie.sameSite() == SameSite.STRICT ? List.of() : List.of("*");
    }

    /**
     * The name of the bound cookie.
     *
     * @param session that of the session cookie
     */
    public static String cookieName(String session) {
        return session + SUFFIX;
    }

    /** The path at which browsers register keys. */
    public String registration() {
        return registration;
    }

    /** The path at which browsers ask for new bound cookies. */
    public String refresh() {
        return refresh;
    }

    /** The values of the bound cookies of a request. */
    Set<String> cookies(HttpServerRequest request) {
        return bound.tokens(request);
    }

    /** Counts why the browser has left out the bound cookie, if it says so. */
    void count(HttpServerRequest request) {
        String value = request.headers().get(DeviceHeaders.SKIPPED);
        if (value != null) {
            DeviceHeaders.skipped(value).stream().map(Skipped::reason).distinct().forEach(metrics::skipped);
        }
    }

    /** Whether a path needs a session that is bound to a device, and a request has another one. */
    boolean refuses(HttpServerRequest request, RequestSession session) {
        return required != null && session.exists() && !session.deviceBound() && required.match(request);
    }

    /** Offers the browser to bind its session, if the session has been stored with such an offer. */
    void offer(HttpServerRequest request, HttpServerResponse response, RequestSession session) {
        DeviceOffer offer = session.offer();
        SessionId id = offer == null ? null : session.id().orElse(null);
        if (id != null && resolver.isAmbient(request)) {
            response.headers().add(DeviceHeaders.REGISTRATION,
                    DeviceHeaders.registration(registration, offer.challenge(), offer.authorization(id)));
        }
    }

    /** Removes the bound cookie of a session that has ended. */
    void remove(HttpServerRequest request, HttpServerResponse response) {
        if (!cookies(request).isEmpty()) {
            bound.remove(request, response);
        }
    }

    /** The answer to a browser that wants to register a key, or a new bound cookie. */
    void answer(HttpServerRequest request, HttpServerResponse response, Reply reply) {
        MultiMap headers = response.headers();
        CacheControl.forbid(headers);
        headers.set("Cross-Origin-Resource-Policy", "same-origin");
        if (reply instanceof Reply.Bound given) {
            bound.send(request, response, given.cookie(), given.lifetime());
            json(response, Map.of("session_identifier", given.id().value(), "refresh_url", refresh, "scope",
                    Map.of("include_site", false), "credentials", credentials, "allowed_refresh_initiators", initiators));
        } else if (reply instanceof Reply.Over over) {
            json(response, Map.of("session_identifier", over.id().value(), "continue", false));
        } else if (reply instanceof Reply.Challenged challenged) {
            headers.set(DeviceHeaders.CHALLENGE,
                    DeviceHeaders.challenge(challenged.challenge(), challenged.id().value()));
            // The browser signs and comes again.
            response.setStatusCode(403).end();
        } else {
            // With this status, the browser forgets the session.
            response.setStatusCode(400).end();
        }
    }

    private static void json(HttpServerResponse response, Map<String, ?> instructions) {
        response.headers().set("Content-Type", "application/json");
        response.end(JsonText.writeObject(instructions));
    }
}
