package io.quarkiverse.imsession.it.demo;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import jakarta.inject.Singleton;

import io.quarkiverse.imsession.ImSession;

/** What the demo does with the session. Each thing it keeps is an immutable value in a field of its own. */
@Singleton
final class Visitor {

    static final int LONGEST_NAME = 40;
    private static final Set<String> ROLES = Set.of("visitor");
    private static final Duration REMEMBERED = Duration.ofDays(30);

    private static final String USER = "user";
    private static final String CART = "cart";

    private final ImSession session;

    Visitor(ImSession session) {
        this.session = session;
    }

    int views() {
        return session.as(Visit.class).views();
    }

    void countView() {
        session.update(Visit.class, Visit::viewed);
    }

    Optional<User> user() {
        return session.data().get(USER, User.class);
    }

    Optional<String> userId() {
        return session.principal();
    }

    void logIn(String name, boolean remember) {
        become(name, remember);
        if (remember) {
            session.touch(REMEMBERED);
        }
    }

    /** Goes on as another user, with the same session and what is in it. */
    void switchTo(String name) {
        boolean remembered = user().map(User::remembered).orElse(false);
        // Whose session it is takes what is in it along to nobody else.
        session.update(data -> data.without(ImSession.PRINCIPAL));
        become(name, remembered);
    }

    private void become(String name, boolean remembered) {
        User user = new User(name, Instant.now().truncatedTo(ChronoUnit.SECONDS), remembered);
        session.login(name, ROLES);
        session.update(data -> data.with(USER, user));
    }

    void renew() {
        session.renew();
    }

    void logOut() {
        session.destroy();
    }

    Theme theme() {
        return session.as(Visit.class).theme();
    }

    void choose(Theme theme) {
        session.update(Visit.class, visit -> visit.in(theme));
    }

    List<CartLine> cart() {
        return session.as(Visit.class).cart();
    }

    void add(Product product) {
        session.update(Visit.class, visit -> visit.with(product));
    }

    void emptyCart() {
        session.update(data -> data.without(CART));
    }
}
