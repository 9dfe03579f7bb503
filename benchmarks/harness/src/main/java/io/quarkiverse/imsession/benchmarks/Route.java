package io.quarkiverse.imsession.benchmarks;

import java.util.Locale;

/**
 * What is measured of each server, in this order: log-outs end what log-ins began. Each of these but {@link #MIX} calls one
 * route of the server.
 */
enum Route {
    PLAIN("GET", "/plain"),
    LOGIN("POST", "/login"),
    /** Each session for the first time on each instance: nobody can know it from memory. */
    FIRST_READ("GET", "/read"),
    READ("GET", "/read"),
    /** 95 % reads and 5 % increments of a few sessions. */
    MIX("GET", "/read"),
    INC("POST", "/inc"),
    LOGOUT("POST", "/logout");

    private final String method;
    private final String path;

    Route(String method, String path) {
        this.method = method;
        this.path = path;
    }

    String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /** @param user whom a log-in names */
    String requestLine(String user) {
        return method + ' ' + path + (this == LOGIN ? "?user=" + user : "") + " HTTP/1.1";
    }
}
