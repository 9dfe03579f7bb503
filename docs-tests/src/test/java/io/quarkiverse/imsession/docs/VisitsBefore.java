package io.quarkiverse.imsession.docs;

import java.io.IOException;

import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;

/** The code of the pages about migrating: with the sessions of servlets. */
// tag::get[]
@WebServlet("/before")
public class VisitsBefore extends HttpServlet {

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        // tag::count[]
        HttpSession session = request.getSession();
        Integer views = (Integer) session.getAttribute("views");
        session.setAttribute("views", views == null ? 1 : views + 1);
        // end::count[]
        response.getWriter().print(session.getAttribute("views"));
    }
    // end::get[]

    // tag::login[]
    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) {
        request.changeSessionId();
        request.getSession().setAttribute("user", request.getParameter("user"));
    }

    @Override
    protected void doDelete(HttpServletRequest request, HttpServletResponse response) {
        HttpSession session = request.getSession(false);
        if (session != null) {
            session.invalidate();
        }
    }
    // end::login[]
}
