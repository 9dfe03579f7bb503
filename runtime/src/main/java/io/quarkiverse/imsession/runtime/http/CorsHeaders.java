package io.quarkiverse.imsession.runtime.http;

import org.jspecify.annotations.Nullable;

import io.quarkus.vertx.http.runtime.filters.AbstractResponseWrapper;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.impl.RoutingContextDecorator;
import io.vertx.ext.web.impl.RoutingContextInternal;

/** Gives a response that is sent before the CORS filter of Quarkus is asked the headers that it would have given it. */
final class CorsHeaders {

    private final @Nullable Handler<RoutingContext> filter;

    /** @param filter that of Quarkus, or null if the application has none */
    CorsHeaders(@Nullable Handler<RoutingContext> filter) {
        this.filter = filter;
    }

    void addTo(RoutingContext context) {
        if (filter != null) {
            filter.handle(new HeadersOnly((RoutingContextInternal) context));
        }
    }

    /** Where the filter neither answers nor goes on. */
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
            // The caller that asked for the headers goes on.
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
