package io.quarkiverse.imsession.benchmarks;

import java.util.Locale;

/** The routes that every server has, in the order in which they are called: log-outs end what log-ins began. */
enum Route {
    PLAIN("GET"),
    LOGIN("POST"),
    READ("GET"),
    INC("POST"),
    LOGOUT("POST");

    private final String method;

    Route(String method) {
        this.method = method;
    }

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    boolean hasSession() {
        return this == READ || this == INC || this == LOGOUT;
    }

    /** @param user whom a log-in names */
    String requestLine(String user) {
        return method + " /" + label() + (this == LOGIN ? "?user=" + user : "") + " HTTP/1.1";
    }
}
