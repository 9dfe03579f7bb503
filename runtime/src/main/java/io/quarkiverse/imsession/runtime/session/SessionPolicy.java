package io.quarkiverse.imsession.runtime.session;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.quarkiverse.imsession.SessionData;
import io.quarkiverse.imsession.SessionTooLargeException;
import io.quarkiverse.imsession.codec.FieldName;
import io.quarkiverse.imsession.codec.JsonText;
import io.quarkiverse.imsession.runtime.config.ImSessionConfig;
import io.quarkiverse.imsession.runtime.config.ImSessionConfig.OnStoreFailure;
import io.quarkiverse.imsession.runtime.config.ImSessionConfig.Renewal;
import io.quarkiverse.imsession.spi.Expiry;
import io.quarkiverse.imsession.spi.SessionStore;
import io.quarkiverse.imsession.spi.StoredSession;

/**
 * The settings for the life of sessions.
 *
 * @param logins whether users can log in
 * @param acting who may act for others
 * @param bindsDevices whether sessions are bound to devices
 */
public record SessionPolicy(Duration timeout, @Nullable Duration absoluteTimeout, Renewal renewal,
        @Nullable Duration renewalInterval, double renewalThreshold, Duration renewalGrace, boolean destroyOnReplay,
        @Nullable Duration touchInterval, long maxSize, boolean commitOnServerError,
        OnStoreFailure onStoreFailure, Set<String> references, boolean logins, ActingRules acting,
        boolean bindsDevices) {

    private static final Duration SHORTEST_TIMEOUT = Duration.ofSeconds(1);
    /** The longest timeout: a hundred years, so that stores need not handle times of other millennia. */
    private static final Duration LONGEST_TIMEOUT = Duration.ofDays(36_525);

    private static final Duration LONGEST_REVOCATION_GRACE = Duration.ofSeconds(10);

    /** The settings of applications in which nobody may act for others, and no session is bound to a device. */
    public SessionPolicy(Duration timeout, @Nullable Duration absoluteTimeout, Renewal renewal,
            @Nullable Duration renewalInterval, double renewalThreshold, Duration renewalGrace, boolean destroyOnReplay,
            @Nullable Duration touchInterval, long maxSize, boolean commitOnServerError, OnStoreFailure onStoreFailure,
            Set<String> references, boolean logins) {
        this(timeout, absoluteTimeout, renewal, renewalInterval, renewalThreshold, renewalGrace, destroyOnReplay, touchInterval,
                maxSize, commitOnServerError, onStoreFailure, references, logins, ActingRules.OFF, false);
    }

    public static SessionPolicy of(ImSessionConfig config, boolean logins) {
        return new SessionPolicy(config.timeout(), config.absoluteTimeout().orElse(null), config.renewal().mode(),
                config.renewal().interval().orElse(null), config.renewal().threshold(), config.renewalGraceInForce(),
                config.destroyOnReplay(), config.renewal().touchInterval().orElse(null),
                config.maxSize().asLongValue(), config.commitOnServerError(), config.onStoreFailure(),
                config.referenceFields(), logins, ActingRules.of(config.acting()), config.deviceBound().enabled());
    }

    /** Whether some may act for others. */
    public boolean allowsActing() {
        return acting.isOn();
    }

    /**
     * Whether somebody has acted in a session for too long, or it is older than the absolute timeout. The store applies the
     * limits of the last use of the session, and the settings may have been lowered since.
     */
    boolean isOver(StoredSession stored) {
        return Acting.isOver(stored, acting) || absoluteTimeout != null
                && !stored.now().isBefore(stored.createdAt().plus(absoluteTimeout).plus(SessionStore.EXPIRY_SLACK));
    }

    /** How long a session lives after a change. */
    public Duration lifetime(StoredSession session) {
        return session.ownTimeout() != null ? session.ownTimeout() : timeout;
    }

    /**
     * The timeout that an application asks for, to the millisecond.
     *
     * @throws IllegalArgumentException if it is shorter than a second, or longer than a hundred years
     */
    public static Duration checkedTimeout(Duration timeout) {
        if (Objects.requireNonNull(timeout, "timeout").compareTo(SHORTEST_TIMEOUT) < 0) {
            throw new IllegalArgumentException("A session lives at least one second, touch(" + timeout
                    + ") asks for less. To end it call destroy()");
        }
        if (timeout.compareTo(LONGEST_TIMEOUT) > 0) {
            throw new IllegalArgumentException("A session lives at most a hundred years, touch(" + timeout
                    + ") asks for more. Ask for less");
        }
        return Duration.ofMillis(timeout.toMillis());
    }

    public Expiry expiry(@Nullable Duration ownTimeout) {
        return new Expiry(timeout, ownTimeout, absoluteTimeout);
    }

    /**
     * The age at which the token of a session with this lifetime is replaced. By default, it is the age at which a session that
     * is only read is extended, so that one write does both.
     */
    Duration renewalAge(Duration lifetime) {
        if (renewalInterval != null) {
            return renewalInterval;
        }
        Duration shorter = shorter(lifetime, timeout);
        return shorter.minus(extensionDue(shorter));
    }

    /** The remaining lifetime below which a session with this lifetime is extended. */
    Duration extensionDue(Duration lifetime) {
        return Duration.ofMillis((long) (lifetime.toMillis() * renewalThreshold));
    }

    /**
     * How long a session with this lifetime may be used at most until a use is stored, so that its expiry tells of it. Changes
     * are stored at once, this is about requests that only read.
     */
    public Duration unstoredUse(Duration lifetime) {
        Duration longest = renewal == Renewal.NONE ? lifetime : lifetime.minus(extensionDue(lifetime));
        if (renewal == Renewal.ROTATE) {
            longest = shorter(longest, renewalAge(lifetime));
        }
        return touchInterval == null ? longest : shorter(longest, touchInterval);
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    /**
     * How long the store knows a token that the application has replaced. It is shorter than the grace period, as a client with
     * this token cannot get a session in this time.
     */
    Duration revocationGrace() {
        return renewalGrace.compareTo(LONGEST_REVOCATION_GRACE) < 0 ? renewalGrace : LONGEST_REVOCATION_GRACE;
    }

    /**
     * Refuses data that cannot be stored: see {@link #checkSize} and {@link #checkFields}.
     *
     * @param more the size of other values to store beside the data, in bytes
     */
    void check(SessionData data, SessionData before, long more) {
        checkSize(data, more);
        checkFields(data, before);
    }

    /**
     * Refuses fields that a store cannot keep unchanged or index, and too many of them. Fields that have not changed are not
     * checked: the stored data may be damaged, or older than a setting, which is no reason to refuse another change.
     *
     * @throws IllegalArgumentException if no field can have the name of one, if a store could not keep its value, or if the
     *         value of an indexed field is no reference
     * @throws SessionTooLargeException if there are more fields than a session can have, and more than before
     */
    public void checkFields(SessionData data, SessionData before) {
        Map<String, String> known = before.toJson();
        Map<String, String> wanted = data.toJson();
        if (wanted.size() > SessionData.MAX_FIELDS && wanted.size() > known.size()) {
            throw SessionTooLargeException.ofFields(wanted.size());
        }
        wanted.forEach((name, json) -> {
            if (!json.equals(known.get(name))) {
                FieldName.check(name);
                if (!JsonText.isValidUnicode(json)) {
                    throw new IllegalArgumentException("The JSON text of session field '" + name
                            + "' is no valid Unicode: it has half of a surrogate pair. Escape it, as SessionData.with does");
                }
                if (references.contains(name)) {
                    data.reference(name);
                }
            }
        });
    }

    /**
     * Refuses data that is too large.
     *
     * @param more the size of other values to store beside the data, in bytes
     */
    void checkSize(SessionData data, long more) {
        long size = data.sizeInBytes() + more;
        if (size > maxSize) {
            throw new SessionTooLargeException(size, maxSize);
        }
    }
}
