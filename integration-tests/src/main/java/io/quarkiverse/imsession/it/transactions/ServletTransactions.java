package io.quarkiverse.imsession.it.transactions;

import java.io.IOException;

import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import io.quarkiverse.imsession.ImSession;
import io.quarkiverse.imsession.RequestRefusedException;

/** Servlets. */
@WebServlet(urlPatterns = { "/transactions/servlet/*", "/transactions/late/servlet/*" })
public class ServletTransactions extends HttpServlet {

    private static final long serialVersionUID = 1L;

    @Inject
    transient ImSession session;

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String what = request.getPathInfo().substring(1);
        try {
            response.getWriter().write(what.equals("ticket") ? Raise.ticketAndAwait(session) : Raise.one(session, what));
        } catch (RequestRefusedException e) {
            response.sendError(e.status());
        }
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.getWriter().write("begun, ");
        response.flushBuffer();
        response.getWriter().write(Raise.late(session, request.getPathInfo().substring(1)).await().indefinitely());
    }
}
