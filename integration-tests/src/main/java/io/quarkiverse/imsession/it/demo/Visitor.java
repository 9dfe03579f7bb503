package io.quarkiverse.imsession.it.demo;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import jakarta.inject.Singleton;

import com.fasterxml.jackson.core.type.TypeReference;

import io.quarkiverse.imsession.ImSession;
import io.quarkiverse.imsession.SessionData;

/** What the demo does with the session. Each thing it keeps is an immutable value in a field of its own. */
@Singleton
final class Visitor {

    static final int LONGEST_NAME = 40;
    private static final Set<String> ROLES = Set.of("visitor");
    private static final Duration REMEMBERED = Duration.ofDays(30);

    private static final String VIEWS = "views";
    private static final String USER = "user";
    private static final String THEME = "theme";
    private static final String CART = "cart";
    private static final TypeReference<List<CartLine>> LINES = new TypeReference<>() {
    };

    private final ImSession session;

    Visitor(ImSession session) {
        this.session = session;
    }

    int views() {
        return session.data().get(VIEWS, Integer.class).orElse(0);
    }

    void countView() {
        session.update(data -> data.with(VIEWS, data.get(VIEWS, Integer.class).orElse(0) + 1));
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

    void renewId() {
        session.renewId();
    }

    void logOut() {
        session.destroy();
    }

    Theme theme() {
        return session.data().get(THEME, Theme.class).orElse(Theme.SYSTEM);
    }

    void choose(Theme theme) {
        session.update(data -> data.with(THEME, theme));
    }

    List<CartLine> cart() {
        return cart(session.data());
    }

    void add(Product product) {
        session.update(data -> data.with(CART, added(cart(data), product)));
    }

    void emptyCart() {
        session.update(data -> data.without(CART));
    }

    private static List<CartLine> cart(SessionData data) {
        return data.get(CART, LINES).orElse(List.of());
    }

    private static List<CartLine> added(List<CartLine> cart, Product product) {
        if (cart.stream().noneMatch(line -> line.product().equals(product))) {
            return Stream.concat(cart.stream(), Stream.of(new CartLine(product, 1))).toList();
        }
        return cart.stream().map(line -> line.product().equals(product) ? line.oneMore() : line).toList();
    }
}
