package io.quarkiverse.imsession.runtime.redis.session;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.quarkiverse.imsession.SessionData;
import io.quarkiverse.imsession.codec.Utf8;
import io.quarkiverse.imsession.spi.Expiry;
import io.quarkiverse.imsession.spi.Presented;
import io.quarkiverse.imsession.spi.SessionUpdate;
import io.quarkiverse.imsession.spi.StoredSession;
import io.quarkiverse.imsession.spi.TokenChange;
import io.quarkiverse.imsession.spi.TokenState;
import io.quarkus.runtime.util.HashUtil;

/** The arguments of {@code update.lua}, which describes them. */
final class UpdateArguments {

    private static final int FIXED = 9;
    private static final String NONE = "";
    /** The length of a text from which on its digest is shorter. */
    private static final int DIGEST_LENGTH = 40;

    private UpdateArguments() {
    }

    /**
     * @param deadline the time after which the update must not be made any more, by the clock of Redis
     * @param changesIndex whether the update changes entries of an index
     * @param entries further arguments for an index
     */
    static List<String> of(SessionUpdate update, long deadline, boolean changesIndex, List<String> entries) {
        StoredSession basis = update.basis();
        Expiry expiry = update.expiry();
        Duration ownTimeout = expiry == null ? null : expiry.ownTimeout();
        int changed = update.changed().size() + (ownTimeout == null ? 0 : 1);
        List<String> arguments = new ArrayList<>(FIXED + 2 * changed + update.removed().size() + entries.size());
        String identity = basis.token().current().value() + ' ' + basis.createdAt().toEpochMilli();
        String version = Long.toString(basis.version());
        arguments.add(identity + ' ' + basis.expiresAt().toEpochMilli() + ' ' + version);
        arguments.add(identity);
        arguments.add(version);
        arguments.add(Long.toString(deadline));
        arguments.add(expiry == null ? NONE : millis(expiry.timeout(basis.ownTimeout())));
        arguments.add(expiry == null || expiry.absolute() == null ? NONE
                : Long.toString(basis.createdAt().plus(expiry.absolute()).toEpochMilli()));
        arguments.add(!changesIndex && isSettled(update) ? "none" : tokenChange(update.tokenChange()));
        arguments.add(ifChangedMeanwhile(update, ownTimeout));
        arguments.add(Integer.toString(2 * changed));
        update.changed().forEach((name, value) -> {
            arguments.add(name);
            arguments.add(value);
        });
        if (ownTimeout != null) {
            arguments.add(SessionHash.TIMEOUT);
            arguments.add(millis(ownTimeout));
        }
        arguments.addAll(update.removed());
        arguments.addAll(entries);
        return arguments;
    }

    /** Whether the update starts the lifetime anew, and leaves the state of the token as it was loaded. */
    private static boolean isSettled(SessionUpdate update) {
        TokenState token = update.basis().token();
        Presented presented = update.presented();
        return update.tokenChange() instanceof TokenChange.Keep && update.expiry() != null && presented != null
                && token.current().matches(presented.token())
                && (token.previous() == null || token.kind() == TokenState.Kind.SETTLED);
    }

    private static String tokenChange(TokenChange change) {
        if (change instanceof TokenChange.Renew renew) {
            return "renew " + renew.next().value() + ' ' + renew.grace().toMillis();
        }
        if (change instanceof TokenChange.Rotate rotate) {
            return "rotate " + rotate.next().value() + ' ' + rotate.grace().toMillis() + ' ' + rotate.age().toMillis();
        }
        return "keep";
    }

    private static String ifChangedMeanwhile(SessionUpdate update, @Nullable Duration ownTimeout) {
        Expiry expiry = update.expiry();
        Presented presented = update.presented();
        StringBuilder text = new StringBuilder();
        text.append(expiry == null || ownTimeout != null ? NONE : millis(expiry.timeout()))
                .append(' ').append(update.maxSize()).append(' ').append(SessionData.MAX_FIELDS)
                .append(' ').append(presented == null ? " " : text(presented)).append(' ');
        if (update.expected().all()) {
            return text.append("@all").toString();
        }
        for (String name : update.expected().fields()) {
            addExpected(text, name, update.basis().text(name));
        }
        return text.toString();
    }

    private static void addExpected(StringBuilder all, String name, @Nullable String text) {
        String value = text == null ? "-" : text.length() <= DIGEST_LENGTH ? '=' + text : '#' + HashUtil.sha1(text);
        all.append(Utf8.length(name)).append(' ').append(Utf8.length(value)).append(' ').append(name).append(value);
    }

    /** A presented token and the version of the session as the request has loaded it. */
    static String text(Presented presented) {
        return presented.token().value() + ' ' + presented.version();
    }

    private static String millis(Duration duration) {
        return Long.toString(duration.toMillis());
    }
}
