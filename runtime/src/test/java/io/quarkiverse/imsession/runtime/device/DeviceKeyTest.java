package io.quarkiverse.imsession.runtime.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.util.Arrays;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.quarkiverse.imsession.test.device.SoftwareKey;

class DeviceKeyTest {

    private static final BigInteger P = new BigInteger("ffffffff00000001000000000000000000000000ffffffffffffffffffffffff", 16);
    private static final BigInteger EXPONENT = BigInteger.valueOf(65_537);

    /** RFC 7515, A.3.1 and A.2.1. */
    private static final String EC = "{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU\","
            + "\"y\":\"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0\"}";
    private static final String RSA = "{\"kty\":\"RSA\",\"n\":\"ofgWCuLjybRlzo0tZWJjNiuSfb4p4fAkd_wWJcyQoTbji9k0l8W26mPddxHmfHQp"
            + "-Vaw-4qPCJrcS2mJPMEzP1Pt0Bm4d4QlL-yRT-SFd2lZS-pCgNMsD1W_YpRPEwOWvG6b32690r2jZ47soMZo9wGzjb_7OMg0LOL-bSf63kpa"
            + "SHSXndS5z5rexMdbBYUsLA9e-KXBdQOS-UTo7WTBEMa2R2CapHg665xsmtdVMTBQY4uDZlxvb3qCo5ZwKh9kG4LT6_I5IhlJH7aGhyxXFvUK"
            + "-DWNmoudF8NAco9_h9iaGNj8q2ethFkMLs91kzk2PAcDTW9gb54h4FRWyuXpoQ\",\"e\":\"AQAB\"}";

    @Test
    void keysOfTheStandardAreKeys() {
        assertThat(DeviceKey.ofJwk(json(EC)).algorithm()).isEqualTo(DeviceKey.Algorithm.ES256);
        assertThat(DeviceKey.ofJwk(json(RSA)).algorithm()).isEqualTo(DeviceKey.Algorithm.RS256);
    }

    @Test
    void keysAreKeptAsShortTexts() {
        for (String jwk : new String[] { EC, RSA, SoftwareKey.p256().jwk() }) {
            DeviceKey key = DeviceKey.ofJwk(json(jwk));
            assertThat(key.text()).matches("(ES256|RS256)\\.[A-Za-z0-9_-]+").hasSizeLessThanOrEqualTo(348);
            assertThat(DeviceKey.parse(key.text())).isEqualTo(key).hasSameHashCodeAs(key).hasToString(key.text());
        }
        assertThat(DeviceKey.ofJwk(json(EC)).text()).hasSize(92);
        assertThat(DeviceKey.ofJwk(json(EC))).isNotEqualTo(DeviceKey.ofJwk(json(RSA))).isNotEqualTo("");
    }

    @ParameterizedTest
    @ValueSource(strings = { "", ".", "ES256", "ES256.", "RS256.", "ES256.AAAA", "RS256.AAAA", "none.", "ES384.AAAA", "ES256.*",
            "AAAA", "es256.AAAA" })
    void damagedTextsAreNoKeys(String text) {
        assertThat(DeviceKey.parse(text)).isNull();
    }

    @Test
    void keptKeysAreCheckedAgain() {
        String key = DeviceKey.ofJwk(json(EC)).text();
        assertThat(DeviceKey.parse(key.substring(0, key.length() - 2) + "AA")).isNull();
        assertThat(DeviceKey.parse("RS256" + key.substring(5))).isNull();
        assertThat(DeviceKey.parse(key + '=')).isNull();
        assertThat(DeviceKey.parse(' ' + key)).isNull();
    }

    @Test
    void curveIsThatOfTheJdk() throws GeneralSecurityException {
        AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
        parameters.init(new ECGenParameterSpec("secp256r1"));
        ECParameterSpec curve = parameters.getParameterSpec(ECParameterSpec.class);
        BigInteger x = curve.getGenerator().getAffineX();
        BigInteger y = curve.getGenerator().getAffineY();
        assertThat(DeviceKey.ofJwk(json(SoftwareKey.ecJwk(x, y)))).isNotNull();
        assertThat(DeviceKey.ofJwk(json(SoftwareKey.ecJwk(x, P.subtract(y))))).isNotNull();
    }

    @Test
    void pointsOffTheCurveAreNoKeys() {
        Random random = new Random(7);
        for (int i = 0; i < 200; i++) {
            BigInteger x = new BigInteger(256, random);
            BigInteger y = new BigInteger(256, random);
            assertThat(DeviceKey.ofJwk(json(SoftwareKey.ecJwk(x, y)))).as("%s, %s", x, y).isNull();
        }
        BigInteger zero = BigInteger.ZERO;
        for (BigInteger coordinate : new BigInteger[] { zero, BigInteger.ONE, P, P.subtract(BigInteger.ONE) }) {
            assertThat(DeviceKey.ofJwk(json(SoftwareKey.ecJwk(zero, coordinate)))).isNull();
            assertThat(DeviceKey.ofJwk(json(SoftwareKey.ecJwk(coordinate, coordinate)))).isNull();
        }
    }

    /** The same point by other numbers would be another key for those who compare texts. */
    @Test
    void coordinatesBeyondTheFieldAreNoKeys() {
        // The x of this point is small enough for a second number of 256 bits that is equal to it modulo P.
        BigInteger x = BigInteger.valueOf(5);
        BigInteger y = root(x.pow(3).subtract(x.multiply(BigInteger.valueOf(3)))
                .add(new BigInteger("5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604b", 16)));
        assertThat(DeviceKey.ofJwk(json(SoftwareKey.ecJwk(x, y)))).isNotNull();
        assertThat(DeviceKey.ofJwk(json(SoftwareKey.ecJwk(x.add(P), y)))).isNull();
    }

    /** P is 3 modulo 4. */
    private static BigInteger root(BigInteger square) {
        return square.modPow(P.add(BigInteger.ONE).shiftRight(2), P);
    }

    @Test
    void otherFormsOfPointsAreNoKeys() {
        assertRefused(EC.replace("P-256", "P-384"));
        assertRefused(EC.replace("P-256", "secp256k1"));
        assertRefused(EC.replace("P-256", "p-256"));
        assertRefused(EC.replace("\"EC\"", "\"OKP\""));
        assertRefused(EC.replace("\"EC\"", "\"oct\""));
        assertRefused(EC.replace("\"EC\"", "null"));
        assertRefused(EC.replace("\"x\":\"f83O", "\"x\":\"f83"));
        assertRefused(EC.replace("\"x\":\"f83O", "\"x\":\"AAAAf83O"));
        assertRefused(EC.replace("\"x\"", "\"z\""));
        assertRefused(EC.replace("\"y\"", "\"z\""));
        assertRefused(EC.replace("RVEU\"", "RVEU=\""));
        assertRefused(EC.replace("RVEU\"", "RVEV\""));
        assertRefused(EC.replace("\"x_FE", "\"x/FE"));
        assertRefused(EC.replace("\"y\":\"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0\"", "\"y\":7"));
        assertRefused("{}");
        assertRefused("[]");
        assertRefused("7");
        assertRefused("null");
        assertRefused("\"EC\"");
    }

    @Test
    void privateKeysAreNoKeys() {
        assertRefused(EC.replace("}", ",\"d\":\"jpsQnnGQmL-YBIffH1136cspYG6-0iY7X1fCE9-E9LI\"}"));
        assertRefused(RSA.replace("}", ",\"d\":\"AQAB\"}"));
    }

    @Test
    void weakAndCostlyKeysOfRsaAreNoKeys() {
        for (int bits : new int[] { 512, 1024, 2040, 2047, 8193, 16_384 }) {
            assertRefused(SoftwareKey.rsaJwk(odd(bits), EXPONENT));
        }
        for (int bits : new int[] { 2048, 2049, 3072, 8192 }) {
            assertThat(DeviceKey.ofJwk(json(SoftwareKey.rsaJwk(odd(bits), EXPONENT)))).as("%s bits", bits).isNotNull();
        }
        assertRefused(SoftwareKey.rsaJwk(odd(2048).subtract(BigInteger.ONE), EXPONENT));
        for (BigInteger exponent : new BigInteger[] { BigInteger.ZERO, BigInteger.ONE, BigInteger.TWO, BigInteger.valueOf(3),
                BigInteger.valueOf(65_536), BigInteger.valueOf(65_539), odd(2047) }) {
            assertRefused(SoftwareKey.rsaJwk(odd(2048), exponent));
        }
        assertRefused(RSA.replace("\"n\":\"", "\"n\":\"AAAA"));
        assertRefused(RSA.replace("\"n\"", "\"m\""));
        assertRefused(RSA.replace("\"e\"", "\"m\""));
        assertRefused(RSA.replace("\"AQAB\"", "65537"));
    }

    @Test
    void signaturesOfWrongLengthAreOfNobody() {
        SoftwareKey device = SoftwareKey.p256();
        DeviceKey key = DeviceKey.ofJwk(json(device.jwk()));
        byte[] signature = device.sign("text");
        assertThat(key.verifies("text".getBytes(), signature)).isTrue();
        for (int length : new int[] { 0, 1, 32, 63, 65, 70, 72, 128, 8192 }) {
            assertThat(key.verifies("text".getBytes(), Arrays.copyOf(signature, length))).isFalse();
        }
    }

    private static BigInteger odd(int bits) {
        return new BigInteger(bits, new Random(7)).setBit(bits - 1).setBit(0);
    }

    private static void assertRefused(String jwk) {
        assertThat(DeviceKey.ofJwk(json(jwk))).as(jwk).isNull();
    }

    private static JsonNode json(String text) {
        try {
            return new ObjectMapper().readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
