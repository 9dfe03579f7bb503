package io.quarkiverse.imsession.runtime.store;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.quarkiverse.imsession.spi.Expiry;
import io.quarkiverse.imsession.spi.SessionStore;
import io.quarkiverse.imsession.spi.TokenChange;

/** The arguments of a script, in order. */
final class ScriptArguments {

    private final List<String> texts = new ArrayList<>();

    List<String> texts() {
        return texts;
    }

    ScriptArguments add(String text) {
        texts.add(text);
        return this;
    }

    ScriptArguments add(long number) {
        return add(Long.toString(number));
    }

    ScriptArguments add(Duration duration) {
        return add(duration.toMillis());
    }

    /** Names and values. */
    ScriptArguments add(Map<String, String> fields) {
        fields.forEach((name, value) -> add(name).add(value));
        return this;
    }

    /** Timeout, own timeout and absolute timeout, 0 for none, and the slack. */
    ScriptArguments add(@Nullable Expiry expiry) {
        return add(expiry == null ? Duration.ZERO : expiry.timeout())
                .add(expiry == null || expiry.ownTimeout() == null ? Duration.ZERO : expiry.ownTimeout())
                .add(expiry == null || expiry.absolute() == null ? Duration.ZERO : expiry.absolute())
                .add(SessionStore.EXPIRY_SLACK);
    }

    /** The next token, the kind of the change, and for how long the old token stays, below which remaining lifetime. */
    ScriptArguments add(TokenChange change) {
        if (change instanceof TokenChange.Renew renew) {
            return add(renew.next().value()).add("renew").add(0).add(0);
        }
        if (change instanceof TokenChange.Rotate rotate) {
            return add(rotate.next().value()).add("rotate").add(rotate.grace()).add(rotate.whenLeft());
        }
        return add("").add("keep").add(0).add(0);
    }
}
