package io.quarkiverse.imsession.runtime.device;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

import io.quarkiverse.imsession.SessionId;
import io.quarkiverse.imsession.codec.Base64Url;
import io.quarkiverse.imsession.codec.Sha256;

/**
 * The offer to bind a session to the device of its browser, which the response to a log-in makes. Its secret goes to the
 * browser in a header of that response only. It comes back with the registration, which may have no cookie. So whoever has
 * stolen the cookie cannot register. The session keeps a hash of the secret until it is bound, or a later log-in makes another
 * offer.
 */
public final class DeviceOffer {

    /** How long after the log-in the browser can register. It makes a key meanwhile, which takes some hardware a second. */
    static final Duration LIFE = Duration.ofMinutes(2);

    /** The number of random bytes of a secret. */
    public static final int SECRET_BYTES = 32;

    private static final int SECRET_LENGTH = 43;
    private static final String PREFIX = "offered ";
    /** Stands for the time when the session was made: a session that is not stored yet has no time of the store. */
    private static final String CREATION = "-";

    private final String secret;

    private DeviceOffer(String secret) {
        this.secret = secret;
    }

    /** @param random {@link #SECRET_BYTES} random bytes */
    public static DeviceOffer of(byte[] random) {
        return new DeviceOffer(Base64Url.encode(random));
    }

    /** An offer, and the session that its {@link #authorization} names. */
    public record Accepted(SessionId id, DeviceOffer offer) {
    }

    /** The offer that a browser accepts; null if the text is no {@link #authorization}. Any text may be passed. */
    public static @Nullable Accepted accepted(String authorization) {
        int dot = SessionId.LENGTH;
        if (authorization.length() != dot + 1 + SECRET_LENGTH || authorization.charAt(dot) != '.'
                || !Base64Url.matches(authorization, dot + 1, authorization.length())) {
            return null;
        }
        return SessionId.tryParse(authorization.substring(0, dot))
                .map(id -> new Accepted(id, new DeviceOffer(authorization.substring(dot + 1)))).orElse(null);
    }

    /** The text by which the browser shows that it has got the offer. It is a secret. */
    public String authorization(SessionId id) {
        return id.value() + '.' + secret;
    }

    /** The text that the browser has to sign. */
    public String challenge() {
        return Base64Url.encode(Sha256.hash("device challenge " + secret));
    }

    /** @param now the time, by the store's clock; null if the session is not stored yet */
    public String kept(@Nullable Instant now) {
        return PREFIX + hash() + ' ' + (now == null ? CREATION : Long.toString(now.toEpochMilli(), Character.MAX_RADIX));
    }

    /** Whether a session keeps this offer, in constant time. */
    public boolean isKeptIn(@Nullable String kept) {
        if (kept == null || !kept.startsWith(PREFIX) || kept.length() <= PREFIX.length() + SECRET_LENGTH) {
            return false;
        }
        String other = kept.substring(PREFIX.length(), PREFIX.length() + SECRET_LENGTH);
        return MessageDigest.isEqual(other.getBytes(StandardCharsets.US_ASCII),
                hash().getBytes(StandardCharsets.US_ASCII));
    }

    /**
     * Whether an offer that a session keeps is still valid.
     *
     * @param createdAt when the session was made
     */
    public static boolean isFresh(String kept, Instant createdAt, Instant now) {
        String time = kept.substring(kept.lastIndexOf(' ') + 1);
        try {
            Instant begin = time.equals(CREATION) ? createdAt
                    : Instant.ofEpochMilli(Long.parseLong(time, Character.MAX_RADIX));
            return Duration.between(begin, now).compareTo(LIFE) <= 0;
        } catch (NumberFormatException e) {
            return false;
        }
    }

    private String hash() {
        return Base64Url.encode(Sha256.hash("device offer " + secret));
    }

    /** Leaves the secret out. */
    @Override
    public String toString() {
        return "DeviceOffer";
    }
}
