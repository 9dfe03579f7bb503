package io.quarkiverse.imsession.benchmarks;

import java.util.ArrayList;
import java.util.List;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.http.HttpStatus;
import org.springframework.session.FindByIndexNameSessionRepository;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** The routes with the sessions of Spring Session, of the repository that the configuration chooses. */
@SpringBootApplication
@RestController
public class SpringSessionApplication {

    private static final List<String> CART = List.of("item-0001", "item-0002", "item-0003", "item-0004", "item-0005", "item-0006",
            "item-0007", "item-0008", "item-0009", "item-0010");

    public static void main(String[] args) {
        SpringApplication.run(SpringSessionApplication.class, args);
    }

    @GetMapping(path = "/plain", produces = "text/plain")
    String plain() {
        return "hello";
    }

    @PostMapping(path = "/login", produces = "text/plain")
    String login(@RequestParam("user") String user, HttpServletRequest request) {
        HttpSession session = request.getSession(true);
        // What the indexed repository finds sessions by; an attribute like others for the default one.
        session.setAttribute(FindByIndexNameSessionRepository.PRINCIPAL_NAME_INDEX_NAME, user);
        session.setAttribute("views", 0);
        session.setAttribute("theme", "dark");
        session.setAttribute("cart", new ArrayList<>(CART));
        return "ok";
    }

    @GetMapping(path = "/read", produces = "text/plain")
    String read(HttpServletRequest request) {
        HttpSession session = session(request);
        return session.getAttribute(FindByIndexNameSessionRepository.PRINCIPAL_NAME_INDEX_NAME) + " "
                + session.getAttribute("views");
    }

    @PostMapping(path = "/inc", produces = "text/plain")
    String increment(HttpServletRequest request) {
        HttpSession session = session(request);
        Integer views = (Integer) session.getAttribute("views") + 1;
        session.setAttribute("views", views);
        return views.toString();
    }

    @PostMapping(path = "/logout", produces = "text/plain")
    String logout(HttpServletRequest request) {
        session(request).invalidate();
        return "ok";
    }

    private static HttpSession session(HttpServletRequest request) {
        HttpSession session = request.getSession(false);
        if (session == null) {
            throw new ResponseStatusException(HttpStatus.UNAUTHORIZED);
        }
        return session;
    }
}
