package io.quarkiverse.imsession.it.layers;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

import jakarta.inject.Inject;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.vertx.ext.web.RoutingContext;

/** Servlets. */
@WebServlet(urlPatterns = "/layers/servlet/*", asyncSupported = true)
public class ServletLayer extends HttpServlet {

    private static final long serialVersionUID = 1L;

    @Inject
    transient Counter counter;
    @Inject
    transient CurrentVertxRequest current;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        switch (request.getPathInfo()) {
            case "/read" -> write(response, counter.read());
            case "/text" -> write(response, counter.next());
            case "/writer" -> response.getWriter().write(counter.next());
            case "/medium" -> medium(response);
            case "/flush" -> flush(response);
            case "/late" -> late(response);
            case "/async" -> async(request);
            case "/no-content" -> noContent(response);
            case "/redirect" -> redirect(response);
            case "/not-found" -> notFound(response);
            case "/server-error" -> serverError(response);
            case "/failing" -> throw new ExpectedException(counter.next());
            default -> throw new IllegalArgumentException(request.getPathInfo());
        }
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        counter.next();
        write(response, Bodies.fingerprint(request.getInputStream().readAllBytes()));
    }

    private void medium(HttpServletResponse response) throws IOException {
        counter.next();
        response.getOutputStream().write(Bodies.bytes(Bodies.MEDIUM));
    }

    private void flush(HttpServletResponse response) throws IOException {
        counter.next();
        for (int i = 0; i < Bodies.CHUNKS; i++) {
            write(response, Bodies.chunk(i));
            response.flushBuffer();
        }
    }

    private void late(HttpServletResponse response) throws IOException {
        write(response, "first, ");
        response.flushBuffer();
        write(response, counter.late());
    }

    /** The thread that answers is not the one that the request came on, and has no CDI request context. */
    private void async(HttpServletRequest request) {
        RoutingContext context = current.getCurrent();
        AsyncContext async = request.startAsync();
        async.start(() -> {
            try {
                write((HttpServletResponse) async.getResponse(), Counter.next(context));
            } catch (IOException e) {
                throw new IllegalStateException(e);
            } finally {
                async.complete();
            }
        });
    }

    private void noContent(HttpServletResponse response) {
        counter.next();
        response.setStatus(HttpServletResponse.SC_NO_CONTENT);
    }

    private void redirect(HttpServletResponse response) throws IOException {
        counter.next();
        response.sendRedirect("/layers/servlet/read");
    }

    private void notFound(HttpServletResponse response) throws IOException {
        counter.next();
        response.sendError(HttpServletResponse.SC_NOT_FOUND);
    }

    private void serverError(HttpServletResponse response) throws IOException {
        counter.next();
        response.sendError(HttpServletResponse.SC_INTERNAL_SERVER_ERROR);
    }

    private static void write(HttpServletResponse response, String text) throws IOException {
        ServletOutputStream out = response.getOutputStream();
        out.write(text.getBytes(StandardCharsets.US_ASCII));
    }
}
