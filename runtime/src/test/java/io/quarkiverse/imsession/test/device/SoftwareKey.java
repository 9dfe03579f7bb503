package io.quarkiverse.imsession.test.device;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Arrays;
import java.util.Base64;

/** What hardware does with keys for Device Bound Session Credentials, and what it would never do. */
public final class SoftwareKey {

    private static final int COORDINATE = 32;

    private final KeyPair pair;
    private final String algorithm;

    private SoftwareKey(KeyPair pair, String algorithm) {
        this.pair = pair;
        this.algorithm = algorithm;
    }

    /** A new key of P-256, for ES256. */
    public static SoftwareKey p256() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return new SoftwareKey(generator.generateKeyPair(), "ES256");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A new key of RSA, for RS256. */
    public static SoftwareKey rsa(int bits) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(bits);
            return new SoftwareKey(generator.generateKeyPair(), "RS256");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The public key as JSON. */
    public String jwk() {
        if (pair.getPublic() instanceof ECPublicKey key) {
            return ecJwk(key.getW().getAffineX(), key.getW().getAffineY());
        }
        RSAPublicKey key = (RSAPublicKey) pair.getPublic();
        return rsaJwk(key.getModulus(), key.getPublicExponent());
    }

    /** The JWK of any point, on the curve or not. */
    public static String ecJwk(BigInteger x, BigInteger y) {
        return "{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"" + base64(fixed(x)) + "\",\"y\":\"" + base64(fixed(y)) + "\"}";
    }

    /** The JWK of any numbers. */
    public static String rsaJwk(BigInteger modulus, BigInteger exponent) {
        return "{\"kty\":\"RSA\",\"n\":\"" + base64(shortest(modulus)) + "\",\"e\":\"" + base64(shortest(exponent)) + "\"}";
    }

    /** The proof that registers the key, as Chromium makes it. */
    public String registration(String challenge, String authorization) {
        return jwt(registrationHeader(), claims(challenge, authorization));
    }

    public String registrationHeader() {
        return "{\"alg\":\"" + algorithm + "\",\"jwk\":" + jwk() + ",\"typ\":\"dbsc+jwt\"}";
    }

    /** The proof that refreshes a bound cookie, as Chromium makes it. */
    public String refresh(String challenge) {
        return jwt(refreshHeader(), claims(challenge, null));
    }

    public String refreshHeader() {
        return "{\"alg\":\"" + algorithm + "\",\"typ\":\"dbsc+jwt\"}";
    }

    /** The claims of a proof. They are not escaped. */
    public static String claims(String challenge, String authorization) {
        return authorization == null ? "{\"jti\":\"" + challenge + "\"}"
                : "{\"authorization\":\"" + authorization + "\",\"jti\":\"" + challenge + "\"}";
    }

    /** Signs any header and claims. */
    public String jwt(String header, String claims) {
        return jwt(header.getBytes(StandardCharsets.UTF_8), claims.getBytes(StandardCharsets.UTF_8));
    }

    public String jwt(byte[] header, byte[] claims) {
        String signed = base64(header) + '.' + base64(claims);
        return signed + '.' + base64(sign(signed));
    }

    /** The signature of a text, in the form of JWS. */
    public byte[] sign(String text) {
        try {
            Signature signer = Signature.getInstance(algorithm.equals("ES256") ? "SHA256withECDSA" : "SHA256withRSA");
            signer.initSign(pair.getPrivate());
            signer.update(text.getBytes(StandardCharsets.US_ASCII));
            byte[] signature = signer.sign();
            return algorithm.equals("ES256") ? raw(signature) : signature;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    public static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** The two numbers of a signature in DER, one behind the other: 30 length, 02 length r, 02 length s. */
    private static byte[] raw(byte[] der) {
        int length = der[3];
        BigInteger r = new BigInteger(1, der, 4, length);
        BigInteger s = new BigInteger(1, der, 6 + length, der[5 + length]);
        byte[] both = Arrays.copyOf(fixed(r), 2 * COORDINATE);
        System.arraycopy(fixed(s), 0, both, COORDINATE, COORDINATE);
        return both;
    }

    /** A number of up to 256 bits in 32 bytes. */
    public static byte[] fixed(BigInteger number) {
        byte[] bytes = shortest(number);
        byte[] fixed = new byte[COORDINATE];
        System.arraycopy(bytes, 0, fixed, COORDINATE - bytes.length, bytes.length);
        return fixed;
    }

    private static byte[] shortest(BigInteger number) {
        byte[] bytes = number.toByteArray();
        return bytes.length > 1 && bytes[0] == 0 ? Arrays.copyOfRange(bytes, 1, bytes.length) : bytes;
    }
}
