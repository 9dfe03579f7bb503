package io.quarkiverse.imsession.runtime.http;

import org.jspecify.annotations.Nullable;

import io.quarkus.vertx.http.runtime.filters.AbstractResponseWrapper;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.impl.RoutingContextDecorator;
import io.vertx.ext.web.impl.RoutingContextInternal;

/** Adds CORS headers to a response that is sent before the CORS filter of Quarkus has run. */
final class CorsHeaders {

    private final @Nullable Handler<RoutingContext> filter;

    /** @param filter the CORS filter of Quarkus, or null if the application has none */
    CorsHeaders(@Nullable Handler<RoutingContext> filter) {
        this.filter = filter;
    }

    void addTo(RoutingContext context) {
        if (filter != null) {
            filter.handle(new HeadersOnly((RoutingContextInternal) context));
        }
    }

    /** A context in which the filter sets headers, and neither answers nor continues. */
    private static final class HeadersOnly extends RoutingContextDecorator {

        private final HttpServerResponse response;

        HeadersOnly(RoutingContextInternal context) {
            super(context.currentRoute(), context);
            response = new UnansweredResponse(context.response());
        }

        @Override
        public HttpServerResponse response() {
            return response;
        }

        @Override
        public void next() {
            // The caller of the filter continues.
        }
    }

    private static final class UnansweredResponse extends AbstractResponseWrapper {

        UnansweredResponse(HttpServerResponse delegate) {
            super(delegate);
        }

        @Override
        public HttpServerResponse setStatusCode(int status) {
            return this;
        }

        @Override
        public HttpServerResponse setStatusMessage(String message) {
            return this;
        }

        @Override
        public Future<Void> end() {
            return Future.succeededFuture();
        }
    }
}
