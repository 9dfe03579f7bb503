package io.quarkiverse.imsession.runtime.redis.session;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.quarkiverse.imsession.spi.Expiry;
import io.quarkiverse.imsession.spi.Presented;
import io.quarkiverse.imsession.spi.SessionStore;
import io.quarkiverse.imsession.spi.TokenChange;

/** The arguments of a script, in order. */
public final class ScriptArguments {

    private static final long SLACK = SessionStore.EXPIRY_SLACK.toMillis();

    private final List<String> texts = new ArrayList<>();

    public List<String> texts() {
        return texts;
    }

    public ScriptArguments add(String text) {
        texts.add(text);
        return this;
    }

    public ScriptArguments add(long number) {
        return add(Long.toString(number));
    }

    /** Names and values. */
    public ScriptArguments add(Map<String, String> fields) {
        fields.forEach((name, value) -> add(name).add(value));
        return this;
    }

    /** The presented token and the version of the session as it was loaded; empty for none. */
    public ScriptArguments add(@Nullable Presented presented) {
        return presented == null ? add("") : add(presented.token().value() + " " + presented.version());
    }

    /** Timeout, own timeout and absolute timeout, 0 for none, and the slack: one text, as each argument costs. */
    public ScriptArguments add(@Nullable Expiry expiry) {
        return add(text(expiry));
    }

    /** The same, and the time after which nobody waits for the answer. */
    public ScriptArguments add(Expiry expiry, long deadline) {
        return add(text(expiry) + " " + deadline);
    }

    private static String text(@Nullable Expiry expiry) {
        return expiry == null ? "0 0 0 " + SLACK
                : millis(expiry.timeout()) + " " + millis(expiry.ownTimeout()) + " " + millis(expiry.absolute()) + " " + SLACK;
    }

    /** The kind of the change, the next token, for how long the old one is known, and from which age on to rotate. */
    public ScriptArguments add(TokenChange change) {
        if (change instanceof TokenChange.Renew renew) {
            return add("renew " + renew.next().value() + " " + millis(renew.grace()));
        }
        if (change instanceof TokenChange.Rotate rotate) {
            return add("rotate " + rotate.next().value() + " " + millis(rotate.grace()) + " " + millis(rotate.age()));
        }
        return add("keep");
    }

    private static long millis(@Nullable Duration duration) {
        return duration == null ? 0 : duration.toMillis();
    }
}
