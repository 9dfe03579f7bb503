package io.quarkiverse.imsession.benchmarks;

import java.util.List;

import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordedStackTrace;

/** Whose code runs: that of the innermost frame that is in one of these packages. */
enum CodePart {

    TOKEN("The token: its shape, SHA-256, comparing", "io.quarkiverse.imsession.spi.Token",
            "io.quarkiverse.imsession.spi.SessionToken", "io.quarkiverse.imsession.codec.Sha256",
            "io.quarkiverse.imsession.runtime.session.TokenCodec"),
    DATA("Data as JSON", "io.quarkiverse.imsession.SessionData", "io.quarkiverse.imsession.Utf8",
            "io.quarkiverse.imsession.codec", "com.fasterxml"),
    STORE("The store: commands, answers, the connection", "io.quarkiverse.imsession.runtime.store",
            "io.quarkiverse.imsession.runtime.redis", "io.quarkiverse.imsession.runtime.postgresql"),
    APPLICATION("The application, and writing its response", "io.quarkiverse.imsession.benchmarks"),
    SESSION("The session: filter, commit plan, cookie, and writing the response", "io.quarkiverse.imsession"),
    CLIENT("The client of the database", "io.vertx.redis", "io.vertx.pgclient", "io.vertx.sqlclient"),
    FRAMEWORK("Netty, Vert.x, Quarkus", "");

    private final String label;
    private final List<String> prefixes;

    CodePart(String label, String... prefixes) {
        this.label = label;
        this.prefixes = List.of(prefixes);
    }

    String label() {
        return label;
    }

    static CodePart of(RecordedStackTrace stack) {
        for (RecordedFrame frame : stack.getFrames()) {
            CodePart part = of(frame.getMethod().getType().getName());
            if (part != FRAMEWORK) {
                return part;
            }
        }
        return FRAMEWORK;
    }

    private static CodePart of(String type) {
        for (CodePart part : values()) {
            if (part.prefixes.stream().anyMatch(type::startsWith)) {
                return part;
            }
        }
        return FRAMEWORK;
    }
}
