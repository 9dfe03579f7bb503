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

/** Gives requests that REST Assured sends to the application a session, and follows new tokens in responses. */
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

    /** The filter of single requests. It comes before the filter of all requests, which then does not change them. */
    static Filter ofOne(TestSession session, TestSessions sessions) {
        return new SessionRequestFilter(session, sessions, true, HIGHEST_PRECEDENCE);
    }

    /**
     * The filter of all requests of a test.
     *
     * @param csrf whether they prove that they come from the application's own pages
     */
    static Filter ofAll(TestSession session, TestSessions sessions, boolean csrf) {
        return new SessionRequestFilter(session, sessions, csrf, HIGHEST_PRECEDENCE + 1);
    }

    /** Comes before filters that log the request. */
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

    /** Whether a request goes to the application. Requests to other servers get no session. */
    private static boolean isApplication(URI uri) {
        return Stream.of("test.url", "test.url.ssl")
                .map(key -> ConfigProvider.getConfig().getOptionalValue(key, URI.class)).flatMap(Optional::stream)
                .anyMatch(own -> Objects.equals(own.getAuthority(), uri.getAuthority()));
    }

    /** Whether the test itself has set a header, which then stays as it is. */
    private static boolean isSet(FilterableRequestSpecification request, String header, String value) {
        return header.equals(COOKIE) ? request.getCookies().hasCookieWithName(value.split("=", 2)[0]) : isSet(request, header);
    }

    private static boolean isSet(FilterableRequestSpecification request, String header) {
        return request.getHeaders().hasHeaderWithName(header);
    }

    private static void add(FilterableRequestSpecification request, String header, String value) {
        if (header.equals(COOKIE)) {
            for (String pair : value.split("; ")) {
                String[] cookie = pair.split("=", 2);
                request.cookie(cookie[0], cookie[1]);
            }
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
