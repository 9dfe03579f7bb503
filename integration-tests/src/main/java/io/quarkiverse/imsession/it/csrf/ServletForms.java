package io.quarkiverse.imsession.it.csrf;

import java.io.IOException;

import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.MultipartConfig;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/** Servlets. */
@WebServlet(urlPatterns = "/forms/servlet/*")
@MultipartConfig
public class ServletForms extends HttpServlet {

    private static final long serialVersionUID = 1L;

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws ServletException, IOException {
        response.getWriter().write(switch (request.getPathInfo()) {
            case "/form" -> Received.of(request.getParameter(Received.TEXT));
            case "/parts" -> Received.of(request.getParameter(Received.TEXT),
                    request.getPart(Received.FILE).getInputStream().readAllBytes());
            case "/bytes" -> Received.fingerprint(request.getInputStream().readAllBytes());
            default -> throw new IllegalArgumentException(request.getPathInfo());
        });
    }
}
