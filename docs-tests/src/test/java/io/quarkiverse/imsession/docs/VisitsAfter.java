package io.quarkiverse.imsession.docs;

import java.io.IOException;

import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import io.quarkiverse.imsession.ImSession;

/** The code of the pages about migrating: with the sessions of this extension. */
// tag::get[]
@WebServlet("/after")
public class VisitsAfter extends HttpServlet {

    @Inject
    ImSession session;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        // tag::count[]
        session.update(data -> data.with("views", data.get("views", Integer.class).orElse(0) + 1));
        // end::count[]
        response.getWriter().print(session.data().get("views", Integer.class).orElseThrow());
    }
    // end::get[]

    // tag::login[]
    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) {
        session.renewId();
        session.update(data -> data.with("user", request.getParameter("user")));
    }

    @Override
    protected void doDelete(HttpServletRequest request, HttpServletResponse response) {
        session.destroy();
    }
    // end::login[]
}
