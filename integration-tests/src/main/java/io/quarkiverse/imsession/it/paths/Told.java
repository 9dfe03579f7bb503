package io.quarkiverse.imsession.it.paths;

import io.quarkiverse.imsession.ImSession;

/** What the endpoints answer: the same for them and their tests. */
final class Told {

    static final String ROOT = "/paths/";
    static final String TRANSFER = "transferred";
    static final String HOOK = "hooked";
    static final String PUBLIC = "public";
    static final String NO_SESSION = "account without a session";

    private static final String NAME = "name";

    private Told() {
    }

    static String account(String name) {
        return "account of " + name;
    }

    static String account(ImSession session) {
        try {
            return account(session.data().get(NAME, String.class).orElse("nobody"));
        } catch (IllegalStateException e) {
            return NO_SESSION;
        }
    }

    /** Gives the token against cross-site request forgery. */
    static String login(ImSession session, String name) {
        session.update(data -> data.with(NAME, name));
        return session.csrf().token();
    }
}
