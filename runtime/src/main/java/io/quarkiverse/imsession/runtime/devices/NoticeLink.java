package io.quarkiverse.imsession.runtime.devices;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import io.quarkiverse.imsession.SessionId;
import io.quarkiverse.imsession.codec.Base64Url;
import io.quarkiverse.imsession.codec.Sha256;
import io.quarkiverse.imsession.runtime.session.Attributes;
import io.quarkiverse.imsession.spi.StoredSession;

/**
 * The text of a link that ends one session: its id and a secret of 192 random bits. The session keeps the hash of the secret
 * with the name of its user, and until when the link holds. So a link cannot be made up, needs no key in the configuration,
 * ends with its session, and with the log-in of its user. Whoever reads the store cannot make one.
 *
 * @param id the session
 * @param secret 32 characters of base64url
 */
record NoticeLink(SessionId id, String secret) {

    /** The number of random bytes of a secret. */
    static final int BYTES = 24;

    private static final int LENGTH = BYTES * 4 / 3;
    private static final char SEPARATOR = '.';
    private static final char OF_EXPIRY = ' ';

    /** @param random {@link #BYTES} random bytes */
    static NoticeLink of(SessionId id, byte[] random) {
        return new NoticeLink(id, Base64Url.encode(random));
    }

    /** The link of a text; empty if the text is none. */
    static Optional<NoticeLink> parse(@Nullable String text) {
        if (text == null || text.length() != SessionId.LENGTH + 1 + LENGTH || text.charAt(SessionId.LENGTH) != SEPARATOR
                || !Base64Url.matches(text, SessionId.LENGTH + 1, text.length())) {
            return Optional.empty();
        }
        return SessionId.tryParse(text.substring(0, SessionId.LENGTH))
                .map(id -> new NoticeLink(id, text.substring(SessionId.LENGTH + 1)));
    }

    String text() {
        return id.value() + SEPARATOR + secret;
    }

    /** What the session keeps. */
    String toKeep(String principal, Instant now, Duration lifetime) {
        return Long.toString(now.plus(lifetime).toEpochMilli()) + OF_EXPIRY + hash(principal);
    }

    /** Whether a session keeps this link for its user, and the link still holds. The secret is compared in constant time. */
    boolean isOf(StoredSession session, String principal) {
        String kept = session.attributes().get(Attributes.NOTICE);
        int end = kept == null ? -1 : kept.indexOf(OF_EXPIRY);
        if (end < 0) {
            return false;
        }
        boolean same = MessageDigest.isEqual(kept.substring(end + 1).getBytes(StandardCharsets.US_ASCII),
                hash(principal).getBytes(StandardCharsets.US_ASCII));
        try {
            return same && session.now().toEpochMilli() < Long.parseLong(kept.substring(0, end));
        } catch (NumberFormatException e) {
            return false;
        }
    }

    private String hash(String principal) {
        return Base64Url.encode(Sha256.hash("notice:" + secret + ':' + principal));
    }

    /** Leaves the secret out. */
    @Override
    public String toString() {
        return "NoticeLink[id=" + id + "]";
    }
}
