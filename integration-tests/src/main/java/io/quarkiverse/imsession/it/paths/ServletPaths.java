package io.quarkiverse.imsession.it.paths;

import java.io.IOException;

import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import io.quarkiverse.imsession.ImSession;

/** Servlets, each with a mapping of its own. */
final class ServletPaths {

    private static final String ROOT = Told.ROOT + "servlet/";

    private ServletPaths() {
    }

    @WebServlet(urlPatterns = { ROOT + "transfer", ROOT + "transfer/" })
    public static class Transfer extends HttpServlet {

        private static final long serialVersionUID = 1L;

        @Override
        protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
            response.getWriter().write(Told.TRANSFER);
        }
    }

    @WebServlet(urlPatterns = { ROOT + "hooks/*", ROOT + "hook" })
    public static class Hooks extends HttpServlet {

        private static final long serialVersionUID = 1L;

        @Override
        protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
            response.getWriter().write(Told.HOOK);
        }
    }

    @WebServlet(urlPatterns = ROOT + "account")
    public static class Account extends HttpServlet {

        private static final long serialVersionUID = 1L;

        @Inject
        transient ImSession session;

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            response.getWriter().write(Told.account(session));
        }
    }

    @WebServlet(urlPatterns = ROOT + "public/*")
    public static class Public extends HttpServlet {

        private static final long serialVersionUID = 1L;

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            response.getWriter().write(Told.PUBLIC);
        }
    }
}
