package io.quarkiverse.imsession.runtime.http;

import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.openjdk.jmh.annotations.Benchmark;

import io.quarkiverse.imsession.benchmarks.InnerPiece;
import io.quarkiverse.imsession.runtime.session.Parts;
import io.quarkiverse.imsession.runtime.session.RequestSession;
import io.quarkus.vertx.http.runtime.filters.AbstractResponseWrapper;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;

/** A response of which nothing is to be stored goes through the wrapper. Making the stubs costs as in {@link #stubsAlone}. */
public class ResponseBenchmark extends InnerPiece {

    private final Parts parts = new Parts();
    private final PathFilter paths = new PathFilter(Optional.empty(), Optional.empty(), List.of("/q/*"), List.of(),
            List.of());
    private final SessionFilter filter = new SessionFilter(null, paths, parts.loader(), null,
            new Exchange(null, parts.committer(), new ClientAttributes(false, false), new ClearSiteData(List.of()),
                    new Refusals(event -> {
                    }, null)));
    private final HttpServerResponse response = new StubResponse();
    private final HttpServerRequest request = (HttpServerRequest) Proxy.newProxyInstance(getClass().getClassLoader(),
            new Class<?>[] { HttpServerRequest.class }, (proxy, method, arguments) -> response);
    private final HttpServerRequest read = (HttpServerRequest) Proxy.newProxyInstance(getClass().getClassLoader(),
            new Class<?>[] { HttpServerRequest.class },
            (proxy, method, arguments) -> method.getName().equals("method") ? HttpMethod.GET : "/read");

    @Benchmark
    public Object stubsAlone() {
        request.response();
        return request.response().end("hello");
    }

    @Benchmark
    public Object wrapWithoutSession() {
        return wrap(parts.loader().none());
    }

    @Benchmark
    public Object loadAndWrapUnchanged() {
        return wrap(parts.loader().load(Set.of(parts.token()), Set::of).toCompletableFuture().join());
    }

    @Benchmark
    public boolean pathIsIncluded() {
        return paths.includes(read);
    }

    private Object wrap(RequestSession session) {
        return new SessionResponse(request, null, session, false, filter, null, null).end("hello");
    }

    /** Says that nothing was written yet, whatever is written. */
    private static final class StubResponse extends AbstractResponseWrapper {

        StubResponse() {
            super(null);
        }

        @Override
        public int getStatusCode() {
            return 200;
        }

        @Override
        public boolean headWritten() {
            return false;
        }

        @Override
        public Future<Void> end(String chunk) {
            return Future.succeededFuture();
        }
    }
}
