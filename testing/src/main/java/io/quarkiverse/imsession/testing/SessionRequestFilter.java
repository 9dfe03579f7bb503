package io.quarkiverse.imsession.testing;

import java.net.URI;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import org.eclipse.microprofile.config.ConfigProvider;

import io.quarkiverse.imsession.runtime.config.CsrfConfig.CsrfMode;
import io.restassured.filter.Filter;
import io.restassured.filter.FilterContext;
import io.restassured.filter.OrderedFilter;
import io.restassured.response.Response;
import io.restassured.specification.FilterableRequestSpecification;
import io.restassured.specification.FilterableResponseSpecification;

/** Gives requests of REST Assured to the application a session, and follows what the responses say of it. */
final class SessionRequestFilter implements OrderedFilter {

    private static final Set<String> SAFE_METHODS = Set.of("GET", "HEAD", "OPTIONS", "TRACE");
    private static final String COOKIE = "Cookie";

    private final TestSession session;
    private final TestSessions sessions;
    private final boolean csrf;
    private final int order;

    private SessionRequestFilter(TestSession session, TestSessions sessions, boolean csrf, int order) {
        this.session = session;
        this.sessions = sessions;
        this.csrf = csrf;
        this.order = order;
    }

    /** For requests that name it: before that of all requests, which leaves them alone then. */
    static Filter ofOne(TestSession session, TestSessions sessions) {
        return new SessionRequestFilter(session, sessions, true, HIGHEST_PRECEDENCE);
    }

    /**
     * For all requests of a test.
     *
     * @param csrf whether they prove that they come from the application's own pages
     */
    static Filter ofAll(TestSession session, TestSessions sessions, boolean csrf) {
        return new SessionRequestFilter(session, sessions, csrf, HIGHEST_PRECEDENCE + 1);
    }

    /** Before those that log the request. */
    @Override
    public int getOrder() {
        return order;
    }

    @Override
    public Response filter(FilterableRequestSpecification request, FilterableResponseSpecification expected,
            FilterContext context) {
        URI uri = URI.create(request.getURI());
        if (!isApplication(uri)) {
            return context.next(request, expected);
        }
        if (session.hasToken()) {
            Map<String, String> headers = session.headers();
            if (headers.entrySet().stream().anyMatch(header -> isSet(request, header.getKey(), header.getValue()))) {
                return context.next(request, expected);
            }
            headers.forEach((name, value) -> add(request, name, value));
            prove(request, uri);
        }
        Response response = context.next(request, expected);
        String received = session.carrier().received(name -> response.headers().getValues(name));
        if (received != null) {
            session.receive(received);
        }
        return response;
    }

    /** A session is for the application only, whomever else the test talks to. */
    private static boolean isApplication(URI uri) {
        return Stream.of("test.url", "test.url.ssl")
                .map(key -> ConfigProvider.getConfig().getOptionalValue(key, URI.class)).flatMap(Optional::stream)
                .anyMatch(own -> Objects.equals(own.getAuthority(), uri.getAuthority()));
    }

    /** What the test itself sends counts. */
    private static boolean isSet(FilterableRequestSpecification request, String header, String value) {
        return header.equals(COOKIE) ? request.getCookies().hasCookieWithName(value.split("=", 2)[0]) : isSet(request, header);
    }

    private static boolean isSet(FilterableRequestSpecification request, String header) {
        return request.getHeaders().hasHeaderWithName(header);
    }

    private static void add(FilterableRequestSpecification request, String header, String value) {
        if (header.equals(COOKIE)) {
            String[] cookie = value.split("=", 2);
            request.cookie(cookie[0], cookie[1]);
        } else {
            request.header(header, value);
        }
    }

    private void prove(FilterableRequestSpecification request, URI uri) {
        if (!csrf || !sessions.csrf().enabled() || SAFE_METHODS.contains(request.getMethod())) {
            return;
        }
        if (!isSet(request, "Origin") && !isSet(request, "Sec-Fetch-Site")) {
            request.header("Origin", uri.getScheme() + "://" + uri.getAuthority());
        }
        if (sessions.csrf().mode() != CsrfMode.ORIGIN && !isSet(request, sessions.csrf().header())
                && !request.getFormParams().containsKey(sessions.csrf().field())) {
            request.header(sessions.csrf().header(), session.csrfToken());
        }
    }
}
