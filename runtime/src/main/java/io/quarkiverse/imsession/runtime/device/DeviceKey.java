package io.quarkiverse.imsession.runtime.device;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.ECFieldFp;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.EllipticCurve;
import java.security.spec.KeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.Arrays;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.databind.JsonNode;

import io.quarkiverse.imsession.codec.Base64Url;

/**
 * The public key of a device: of the curve P-256, or RSA of 2,048 to 8,192 bits with the exponent 65,537, as the hardware makes
 * them. Immutable. The JDK computes; what it does not check, or not in all versions, is checked here.
 */
public final class DeviceKey {

    /** The algorithms of the draft, but {@code none}; their names are those of JOSE (RFC 7518, §3.1). */
    public enum Algorithm {
        ES256,
        RS256
    }

    private static final BigInteger THREE = BigInteger.valueOf(3);
    private static final BigInteger EXPONENT = BigInteger.valueOf(65_537);
    private static final int LEAST_BITS = 2_048;
    private static final int MOST_BITS = 8_192;
    private static final int COORDINATE = 32;
    private static final char SEPARATOR = '.';

    // The parameters of P-256 (FIPS 186-4, D.1.2.3), of which the JDK makes no constant.
    private static final BigInteger P = hex("ffffffff00000001000000000000000000000000ffffffffffffffffffffffff");
    private static final BigInteger A = P.subtract(THREE);
    private static final BigInteger B = hex("5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604b");
    private static final BigInteger ORDER = hex("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551");
    private static final ECParameterSpec P256 = new ECParameterSpec(new EllipticCurve(new ECFieldFp(P), A, B),
            new ECPoint(hex("6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296"),
                    hex("4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5")),
            ORDER, 1);

    private final Algorithm algorithm;
    private final byte[] material;
    private final PublicKey key;

    /** @param material the coordinates of the point, or the modulus */
    private DeviceKey(Algorithm algorithm, byte[] material, PublicKey key) {
        this.algorithm = algorithm;
        this.material = material;
        this.key = key;
    }

    /** The key of a JWK (RFC 7517); null if it is none that may be used. Any JSON may be passed. */
    static @Nullable DeviceKey ofJwk(JsonNode jwk) {
        if (jwk.has("d")) {
            // Whoever sends the private key does not keep it in a device.
            return null;
        }
        return switch (jwk.path("kty").asText()) {
            case "EC" -> {
                byte[] x = bytes(jwk, "x");
                byte[] y = bytes(jwk, "y");
                if (!"P-256".equals(jwk.path("crv").asText()) || x.length != COORDINATE || y.length != COORDINATE) {
                    yield null;
                }
                byte[] point = Arrays.copyOf(x, 2 * COORDINATE);
                System.arraycopy(y, 0, point, COORDINATE, COORDINATE);
                yield ofPoint(point);
            }
            case "RSA" -> new BigInteger(1, bytes(jwk, "e")).equals(EXPONENT) ? ofModulus(bytes(jwk, "n")) : null;
            default -> null;
        };
    }

    /** The key of a {@link #text()}; null if the text has another form or its key may not be used. Any text may be passed. */
    public static @Nullable DeviceKey parse(String text) {
        int separator = text.indexOf(SEPARATOR);
        byte[] material = separator < 0 ? null : Base64Url.decode(text.substring(separator + 1));
        if (material == null) {
            return null;
        }
        return switch (text.substring(0, separator)) {
            case "ES256" -> ofPoint(material);
            case "RS256" -> ofModulus(material);
            default -> null;
        };
    }

    /**
     * The text to keep: 92 characters, or 348 of an RSA key of 2,048 bits. Only letters, digits and {@code - _ .} are in it.
     */
    public String text() {
        return algorithm.name() + SEPARATOR + Base64Url.encode(material);
    }

    public Algorithm algorithm() {
        return algorithm;
    }

    /** Whether a signature in the form of JWS (RFC 7518, §3.3 and §3.4) is of this key. Any bytes may be passed. */
    boolean verifies(byte[] signed, byte[] signature) {
        // Two numbers as long as the coordinates, or one as long as the modulus.
        if (signature.length != material.length || algorithm == Algorithm.ES256 && !isInRange(signature)) {
            return false;
        }
        try {
            Signature verifier = Signature.getInstance(
                    algorithm == Algorithm.ES256 ? "SHA256withECDSAinP1363Format" : "SHA256withRSA");
            verifier.initVerify(key);
            verifier.update(signed);
            return verifier.verify(signature);
        } catch (SignatureException e) {
            return false;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform verifies ECDSA and RSA", e);
        }
    }

    /** Whether both numbers are from 1 to the order. Some versions of Java 17 take others for a signature of any key. */
    private static boolean isInRange(byte[] signature) {
        return isInRange(new BigInteger(1, signature, 0, COORDINATE))
                && isInRange(new BigInteger(1, signature, COORDINATE, COORDINATE));
    }

    private static boolean isInRange(BigInteger number) {
        return number.signum() > 0 && number.compareTo(ORDER) < 0;
    }

    private static @Nullable DeviceKey ofPoint(byte[] point) {
        if (point.length != 2 * COORDINATE) {
            return null;
        }
        BigInteger x = new BigInteger(1, point, 0, COORDINATE);
        BigInteger y = new BigInteger(1, point, COORDINATE, COORDINATE);
        // The order of the curve is prime, so each of its points is in the group.
        boolean onCurve = x.compareTo(P) < 0 && y.compareTo(P) < 0
                && y.multiply(y).subtract(x.pow(3)).subtract(A.multiply(x)).subtract(B).mod(P).signum() == 0;
        return onCurve ? new DeviceKey(Algorithm.ES256, point, make("EC", new ECPublicKeySpec(new ECPoint(x, y), P256)))
                : null;
    }

    private static @Nullable DeviceKey ofModulus(byte[] modulus) {
        BigInteger n = new BigInteger(1, modulus);
        // A modulus in its shortest form has no zero at the beginning (RFC 7518, §6.3.1.1).
        return n.bitLength() < LEAST_BITS || n.bitLength() > MOST_BITS || modulus[0] == 0 || !n.testBit(0) ? null
                : new DeviceKey(Algorithm.RS256, modulus, make("RSA", new RSAPublicKeySpec(n, EXPONENT)));
    }

    private static PublicKey make(String algorithm, KeySpec key) {
        try {
            return KeyFactory.getInstance(algorithm).generatePublic(key);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has keys of P-256 and RSA", e);
        }
    }

    /** The bytes of a member of a JWK; none if it is no text in base64url. */
    private static byte[] bytes(JsonNode jwk, String name) {
        byte[] bytes = jwk.path(name).isTextual() ? Base64Url.decode(jwk.path(name).asText()) : null;
        return bytes == null ? new byte[0] : bytes;
    }

    private static BigInteger hex(String digits) {
        return new BigInteger(digits, 16);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof DeviceKey that && algorithm == that.algorithm && Arrays.equals(material, that.material);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(material);
    }

    @Override
    public String toString() {
        return text();
    }
}
