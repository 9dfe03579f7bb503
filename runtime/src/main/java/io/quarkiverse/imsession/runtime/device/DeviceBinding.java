package io.quarkiverse.imsession.runtime.device;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import org.jspecify.annotations.Nullable;

import io.quarkiverse.imsession.SessionId;
import io.quarkiverse.imsession.codec.Base64Url;

/**
 * The binding of a session to the device of its browser: the public key of the device, and the secret from which the values of
 * the bound cookie and the challenges derive, so that neither needs memory. Immutable.
 * <p>
 * It comes into force when the browser first shows the bound cookie: if the response to the registration is lost, the browser
 * has none, and would be locked out.
 *
 * @param secret from which cookies and challenges derive
 * @param used how many challenges were used: a challenge is valid until another one was used
 * @param since when it came into force, by the store's clock; null if it has not
 * @param key the key as text
 */
public record DeviceBinding(String secret, long used, @Nullable Instant since, String key) {

    /** The number of random bytes of a secret. */
    public static final int SECRET_BYTES = 32;

    /** How long the browser has to sign a challenge. */
    static final Duration CHALLENGE_LIFE = Duration.ofMinutes(2);
    /**
     * How much longer than the browser keeps it a bound cookie is accepted: the request may be under way. And by how much the
     * clocks of two instances, which follow that of the store, may differ.
     */
    static final Duration SLACK = Duration.ofSeconds(10);

    private static final String PREFIX = "bound ";
    private static final String NOT_YET = "-";
    private static final String ALGORITHM = "HmacSHA256";
    private static final String COOKIE = "cookie";
    private static final String CHALLENGE = "challenge";
    /** The greatest length of a time in base 36. */
    private static final int MOST_DIGITS = 10;
    private static final int MAC_LENGTH = 43;

    /**
     * A binding that is not in force yet.
     *
     * @param random {@link #SECRET_BYTES} random bytes
     */
    public static DeviceBinding of(byte[] random, String key) {
        return new DeviceBinding(Base64Url.encode(random), 0, null, key);
    }

    /** The binding that a session keeps; null if it keeps none, or the text is damaged. */
    public static @Nullable DeviceBinding of(@Nullable String kept) {
        if (kept == null || !kept.startsWith(PREFIX)) {
            return null;
        }
        String[] parts = kept.split(" ", 5);
        try {
            return parts.length < 5 || parts[3].isEmpty() ? null
                    : new DeviceBinding(parts[3], number(parts[1]),
                            parts[2].equals(NOT_YET) ? null : Instant.ofEpochMilli(number(parts[2])), parts[4]);
        } catch (NumberFormatException e) {
            return null;
        }
    }

    /** Whether a session keeps a binding that is in force. */
    public static boolean isInForce(@Nullable String kept) {
        DeviceBinding binding = of(kept);
        return binding != null && binding.since != null;
    }

    /** The text to keep. */
    public String kept() {
        return PREFIX + text(used) + ' ' + (since == null ? NOT_YET : text(since.toEpochMilli())) + ' ' + secret + ' ' + key;
    }

    public boolean isInForce() {
        return since != null;
    }

    /** The binding in force; since {@code now} unless it was before. */
    public DeviceBinding inForce(Instant now) {
        return since != null ? this : new DeviceBinding(secret, used, now, key);
    }

    /** The binding after a challenge was used: no challenge that was made before is valid any more. */
    public DeviceBinding used(Instant now) {
        return new DeviceBinding(secret, used + 1, since == null ? now : since, key);
    }

    /**
     * Whether a request without the bound cookie is none of the session. A short time after the binding it still is one, as the
     * browser may have sent it before it had the cookie. If the clock of the store was set back behind the binding, it is not.
     *
     * @param grace how long after the binding such requests are accepted
     */
    public boolean demandsCookie(Instant now, Duration grace) {
        return since != null && (!now.isBefore(since.plus(grace)) || now.plus(SLACK).isBefore(since));
    }

    /** The value of a bound cookie that is valid for a time from now on. */
    public String cookie(SessionId id, Instant now, Duration life) {
        return signed(COOKIE, id, text(now.plus(life).toEpochMilli()));
    }

    /** Whether a text is the value of a bound cookie that is still valid, in constant time. Any text may be passed. */
    public boolean isCookie(SessionId id, String text, Instant now) {
        Instant expires = timeOf(text);
        return expires != null && now.isBefore(expires.plus(SLACK)) && isSigned(COOKIE, id, text);
    }

    /** A text for the browser to sign. */
    public String challenge(SessionId id, Instant now) {
        return signed(challengeName(), id, text(now.toEpochMilli()));
    }

    /** Whether a text is a challenge that was made a short time ago and is not used, in constant time. */
    public boolean isChallenge(SessionId id, String text, Instant now) {
        Instant made = timeOf(text);
        return made != null && now.isBefore(made.plus(CHALLENGE_LIFE)) && made.isBefore(now.plus(SLACK))
                && isSigned(challengeName(), id, text);
    }

    private String challengeName() {
        return CHALLENGE + ' ' + used;
    }

    private String signed(String purpose, SessionId id, String time) {
        return time + '.' + mac(purpose, id, time);
    }

    private boolean isSigned(String purpose, SessionId id, String text) {
        int dot = text.indexOf('.');
        byte[] presented = text.substring(dot + 1).getBytes(StandardCharsets.UTF_8);
        return MessageDigest.isEqual(presented,
                mac(purpose, id, text.substring(0, dot)).getBytes(StandardCharsets.US_ASCII));
    }

    /** The time of a signed text; null if it has another form. */
    private static @Nullable Instant timeOf(String text) {
        int dot = text.indexOf('.');
        if (dot < 1 || dot > MOST_DIGITS || text.length() != dot + 1 + MAC_LENGTH) {
            return null;
        }
        try {
            return Instant.ofEpochMilli(number(text.substring(0, dot)));
        } catch (NumberFormatException e) {
            return null;
        }
    }

    private String mac(String purpose, SessionId id, String time) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.US_ASCII), ALGORITHM));
            String signed = purpose + ' ' + id.value() + ' ' + time;
            return Base64Url.encode(mac.doFinal(signed.getBytes(StandardCharsets.US_ASCII)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has HMAC-SHA-256", e);
        }
    }

    private static String text(long number) {
        return Long.toString(number, Character.MAX_RADIX);
    }

    private static long number(String text) {
        return Long.parseLong(text, Character.MAX_RADIX);
    }

    /** Leaves the secret out. */
    @Override
    public String toString() {
        return "DeviceBinding[used=" + used + ", since=" + since + "]";
    }
}
