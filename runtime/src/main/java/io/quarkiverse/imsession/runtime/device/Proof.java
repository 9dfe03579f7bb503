package io.quarkiverse.imsession.runtime.device;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;

import io.quarkiverse.imsession.codec.Base64Url;
import io.quarkiverse.imsession.runtime.device.InvalidProofException.Reason;

/**
 * A proof that a browser has the key of its device: a JWT (RFC 7519) in the compact form of JWS (RFC 7515), by the Editor's
 * Draft of 17 February 2026 (§9.10). It is checked in three steps, as the session that it is about has to be found in between,
 * and the last one costs most:
 * <ol>
 * <li>{@link #parse} reads it. What it says is then still the claim of a stranger.
 * <li>{@link #checkRegistration} or {@link #checkRefresh} compares it with what the session demands.
 * <li>{@link Signed#verify} verifies the signature.
 * </ol>
 * The draft demands nothing of {@code iat}, {@code exp} and {@code sub}, and they are ignored: a challenge that belongs to the
 * session and is known to be new tells more than the clock of a stranger. The JDK and Jackson have all that this takes, and an
 * application without OIDC has no library for JWTs, so none is used.
 */
public final class Proof {

    /** The longest proof. One of an RSA key of 8,192 bits has some 4,000 characters. */
    public static final int MOST_LENGTH = 8_192;

    private static final String TYPE = "dbsc+jwt";
    /** What is nested deepest is the key in the header. */
    private static final int DEEPEST = 8;

    private static final ObjectMapper JSON = JsonMapper.builder(JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(DEEPEST).build()).build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

    private final DeviceKey.Algorithm algorithm;
    private final @Nullable JsonNode jwk;
    private final String challenge;
    private final @Nullable String authorization;
    private final @Nullable String audience;
    private final byte[] signed;
    private final byte[] signature;

    private Proof(DeviceKey.Algorithm algorithm, @Nullable JsonNode jwk, String challenge, @Nullable String authorization,
            @Nullable String audience, byte[] signed, byte[] signature) {
        this.algorithm = algorithm;
        this.jwk = jwk;
        this.challenge = challenge;
        this.authorization = authorization;
        this.audience = audience;
        this.signed = signed;
        this.signature = signature;
    }

    /**
     * Reads a proof, of which nothing is verified then. Any text may be passed.
     *
     * @throws InvalidProofException if it has another form than the draft demands
     */
    public static Proof parse(String jwt) throws InvalidProofException {
        demand(jwt.length() <= MOST_LENGTH, Reason.TOO_LONG);
        String[] parts = jwt.split("\\.", -1);
        demand(parts.length == 3, Reason.MALFORMED);
        JsonNode header = object(parts[0]);
        JsonNode claims = object(parts[1]);
        byte[] signature = bytes(parts[2]);
        // It would list extensions without which the rest must not be used (RFC 7515, §4.1.11), and there are none here.
        demand(!header.has("crit"), Reason.MALFORMED);
        demand(TYPE.equals(text(header, "typ")), Reason.TYPE);
        DeviceKey.Algorithm algorithm = algorithm(text(header, "alg"));
        String challenge = text(claims, "jti");
        if (challenge == null) {
            throw new InvalidProofException(Reason.MALFORMED);
        }
        byte[] signed = jwt.substring(0, jwt.lastIndexOf('.')).getBytes(StandardCharsets.US_ASCII);
        return new Proof(algorithm, header.get("jwk"), challenge, text(claims, "authorization"), text(claims, "aud"), signed,
                signature);
    }

    /**
     * The authorization that it claims to have got with the offer; null if it claims none. Not verified: it names a session.
     */
    public @Nullable String authorization() {
        return authorization;
    }

    /**
     * Compares the registration of a key with what its session demands.
     *
     * @param challenge whether a text is a challenge that is to be answered; compares in constant time
     * @param authorization that of the offer; null if it had none
     * @param audience whether a text is a URL of this application; not asked if the proof does not tell for whom it is
     * @return the proof, which is to be signed by the key that it brings
     * @throws InvalidProofException if it registers no key
     */
    public Signed checkRegistration(Predicate<String> challenge, @Nullable String authorization, Predicate<String> audience)
            throws InvalidProofException {
        checkClaims(challenge, authorization, audience);
        DeviceKey key = jwk == null ? null : DeviceKey.ofJwk(jwk);
        if (key == null) {
            throw new InvalidProofException(Reason.KEY);
        }
        return signed(key);
    }

    /**
     * Compares a refresh with what the session demands.
     *
     * @param key the key that it has registered
     * @param challenge whether a text is a challenge that is to be answered; compares in constant time
     * @param audience whether a text is a URL of this application; not asked if the proof does not tell for whom it is
     * @return the proof, which is to be signed by that key
     * @throws InvalidProofException if it is no proof for that
     */
    public Signed checkRefresh(DeviceKey key, Predicate<String> challenge, Predicate<String> audience)
            throws InvalidProofException {
        checkClaims(challenge, null, audience);
        // A thief would bring one. It would not be used, but a browser sends none.
        demand(jwk == null, Reason.KEY);
        return signed(key);
    }

    private Signed signed(DeviceKey key) throws InvalidProofException {
        demand(algorithm == key.algorithm(), Reason.ALGORITHM);
        return new Signed(key, signed, signature);
    }

    /** A proof that says what it must say. Whether its key has signed it is still to be found out. */
    public static final class Signed {

        private final DeviceKey key;
        private final byte[] signed;
        private final byte[] signature;

        private Signed(DeviceKey key, byte[] signed, byte[] signature) {
            this.key = key;
            this.signed = signed;
            this.signature = signature;
        }

        /**
         * Verifies the signature, which takes long: some tenths of a millisecond.
         *
         * @return the key, which the browser has proved to have
         * @throws InvalidProofException if the signature is not by that key
         */
        public DeviceKey verify() throws InvalidProofException {
            demand(key.verifies(signed, signature), Reason.SIGNATURE);
            return key;
        }
    }

    /** What a challenge is to be compared with, if it is known and not derived. */
    public static Predicate<String> equalTo(String challenge) {
        return text -> isEqual(text, challenge);
    }

    private void checkClaims(Predicate<String> challenges, @Nullable String demanded, Predicate<String> audiences)
            throws InvalidProofException {
        demand(challenges.test(challenge), Reason.CHALLENGE);
        demand(authorization == null || demanded == null ? authorization == demanded : isEqual(authorization, demanded),
                Reason.AUTHORIZATION);
        demand(audience == null || audiences.test(audience), Reason.AUDIENCE);
    }

    private static DeviceKey.Algorithm algorithm(@Nullable String name) throws InvalidProofException {
        for (DeviceKey.Algorithm algorithm : DeviceKey.Algorithm.values()) {
            if (algorithm.name().equals(name)) {
                return algorithm;
            }
        }
        // Among others "none", which the draft has for sessions that no key protects.
        throw new InvalidProofException(Reason.ALGORITHM);
    }

    private static JsonNode object(String part) throws InvalidProofException {
        try {
            // As a text, since Jackson would take bytes for UTF-16 or UTF-32, too.
            JsonNode json = JSON.readTree(StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes(part))).toString());
            demand(json.isObject(), Reason.MALFORMED);
            return json;
        } catch (IOException e) {
            throw new InvalidProofException(Reason.MALFORMED);
        }
    }

    private static byte[] bytes(String part) throws InvalidProofException {
        byte[] bytes = Base64Url.decode(part);
        if (bytes == null) {
            throw new InvalidProofException(Reason.MALFORMED);
        }
        return bytes;
    }

    /** The text of a member; null if there is none. */
    private static @Nullable String text(JsonNode object, String name) throws InvalidProofException {
        JsonNode member = object.get(name);
        demand(member == null || member.isTextual(), Reason.MALFORMED);
        return member == null ? null : member.textValue();
    }

    private static boolean isEqual(String one, String other) {
        return MessageDigest.isEqual(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }

    private static void demand(boolean condition, Reason reason) throws InvalidProofException {
        if (!condition) {
            throw new InvalidProofException(reason);
        }
    }

    /** Leaves all out that it says. */
    @Override
    public String toString() {
        return "Proof";
    }
}
