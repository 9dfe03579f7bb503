package io.quarkiverse.imsession.runtime.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.imsession.runtime.device.InvalidProofException.Reason;
import io.quarkiverse.imsession.test.device.SoftwareKey;

/** What the published vectors lack. */
class ProofTest {

    private static final String CHALLENGE = "k3q0.challenge_-";
    private static final String AUTHORIZATION = "authorization";
    private static final Predicate<String> NOBODY = audience -> false;
    private static final BigInteger ORDER = new BigInteger("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551",
            16);

    private static final SoftwareKey DEVICE = SoftwareKey.p256();
    private static final SoftwareKey OTHER_DEVICE = SoftwareKey.p256();

    @FunctionalInterface
    interface Check {
        void run() throws InvalidProofException;
    }

    /** The reason why a proof is refused; null if it is accepted. */
    static Reason refusal(Check check) {
        try {
            check.run();
            return null;
        } catch (InvalidProofException e) {
            assertThat(e).hasMessage(e.reason().name()).hasNoCause();
            assertThat(e.getStackTrace()).isEmpty();
            return e.reason();
        }
    }

    private static Reason atRegistration(String jwt) {
        return refusal(() -> Proof.parse(jwt).checkRegistration(Proof.equalTo(CHALLENGE), AUTHORIZATION, NOBODY).verify());
    }

    private static Reason atRefresh(String jwt) {
        return refusal(() -> Proof.parse(jwt).checkRefresh(key(DEVICE), Proof.equalTo(CHALLENGE), NOBODY).verify());
    }

    private static DeviceKey key(SoftwareKey device) throws InvalidProofException {
        return Proof.parse(device.registration("c", null)).checkRegistration(Proof.equalTo("c"), null, NOBODY).verify();
    }

    private static String refreshOf(String claims) {
        return DEVICE.jwt(DEVICE.refreshHeader(), claims);
    }

    private static String registrationOf(String header) {
        return DEVICE.jwt(header, SoftwareKey.claims(CHALLENGE, AUTHORIZATION));
    }

    @Test
    void keyIsRegisteredAndProvedFromThenOn() throws InvalidProofException {
        for (SoftwareKey device : List.of(DEVICE, SoftwareKey.rsa(2048))) {
            Proof registration = Proof.parse(device.registration(CHALLENGE, AUTHORIZATION));
            assertThat(registration.authorization()).isEqualTo(AUTHORIZATION);
            assertThat(registration).hasToString("Proof");
            DeviceKey key = registration.checkRegistration(Proof.equalTo(CHALLENGE), AUTHORIZATION, NOBODY).verify();

            DeviceKey kept = DeviceKey.parse(key.text());
            assertThat(refusal(
                    () -> Proof.parse(device.refresh("next")).checkRefresh(kept, Proof.equalTo("next"), NOBODY).verify()))
                    .isNull();
            assertThat(refusal(
                    () -> Proof.parse(device.refresh(CHALLENGE)).checkRefresh(kept, Proof.equalTo("next"), NOBODY).verify()))
                    .as("a challenge of before").isEqualTo(Reason.CHALLENGE);
            assertThat(refusal(() -> Proof.parse(OTHER_DEVICE.refresh("next")).checkRefresh(kept, Proof.equalTo("next"),
                    NOBODY).verify())).as("another key").isIn(Reason.SIGNATURE, Reason.ALGORITHM);
        }
    }

    @Test
    void keyOfAnotherCannotBeRegistered() {
        assertThat(atRegistration(OTHER_DEVICE.jwt(DEVICE.registrationHeader(), SoftwareKey.claims(CHALLENGE, AUTHORIZATION))))
                .isEqualTo(Reason.SIGNATURE);
        assertThat(atRegistration(registrationOf(DEVICE.registrationHeader()))).isNull();
    }

    @Test
    void authorizationIsThatOfTheOffer() {
        for (String other : new String[] { null, "", "other", AUTHORIZATION + "x" }) {
            assertThat(atRegistration(DEVICE.registration(CHALLENGE, other))).isEqualTo(Reason.AUTHORIZATION);
        }
        assertThat(refusal(() -> Proof.parse(DEVICE.registration(CHALLENGE, AUTHORIZATION))
                .checkRegistration(Proof.equalTo(CHALLENGE), null, NOBODY).verify())).isEqualTo(Reason.AUTHORIZATION);
        assertThat(atRefresh(refreshOf(SoftwareKey.claims(CHALLENGE, AUTHORIZATION)))).isEqualTo(Reason.AUTHORIZATION);
    }

    @Test
    void proofsForOthersAreRefused() {
        String jwt = refreshOf("{\"jti\":\"" + CHALLENGE + "\",\"aud\":\"https://shop.example/refresh\"}");
        assertThat(atRefresh(jwt)).isEqualTo(Reason.AUDIENCE);
        assertThat(refusal(() -> Proof.parse(jwt).checkRefresh(key(DEVICE), Proof.equalTo(CHALLENGE),
                "https://shop.example/refresh"::equals).verify())).isNull();
        for (String audience : List.of("7", "null", "[]", "[\"https://shop.example/refresh\"]", "{}")) {
            assertThat(atRefresh(refreshOf("{\"jti\":\"" + CHALLENGE + "\",\"aud\":" + audience + "}")))
                    .isEqualTo(Reason.MALFORMED);
        }
    }

    @Test
    void clocksOfDevicesDoNotMatter() {
        for (String claim : List.of("\"iat\":0", "\"iat\":\"1725579055\"", "\"exp\":1", "\"nbf\":99999999999", "\"sub\":\"x\"",
                "\"jwk\":" + OTHER_DEVICE.jwk())) {
            assertThat(atRefresh(refreshOf("{" + claim + ",\"jti\":\"" + CHALLENGE + "\"}"))).isNull();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = { "{}", "{\"jti\":null}", "{\"jti\":7}", "{\"jti\":[\"k3q0.challenge_-\"]}", "[]", "\"\"", "null",
            "",
            "{\"jti\":\"k3q0.challenge_-\"", "{\"jti\":\"k3q0.challenge_-\"}x", "{\"jti\":\"k3q0.challenge_-\"}{}",
            "{'jti':'k3q0.challenge_-'}", "{jti:\"k3q0.challenge_-\"}", "{\"jti\":\"k3q0.challenge_-\",}",
            "{\"jti\":\"k3q0.challenge_-\",\"jti\":\"x\"}", "{\"jti\":\"x\",\"jti\":\"k3q0.challenge_-\"}",
            "{\"jti\":\"x\",\"\\u006ati\":\"k3q0.challenge_-\"}", "/**/{\"jti\":\"k3q0.challenge_-\"}",
            "{\"jti\":\"k3q0.challenge_-\",\"a\":01}", "{\"jti\":\"k3q0.challenge_-\",\"a\":NaN}",
            "{\"jti\":\"k3q0.challenge_-\",\"authorization\":7}" })
    void claimsOfAnotherFormAreRefused(String claims) {
        assertThat(atRefresh(refreshOf(claims))).isEqualTo(Reason.MALFORMED);
    }

    @Test
    void deepAndManyClaimsAreRefused() {
        assertThat(atRefresh(refreshOf("{\"jti\":\"" + CHALLENGE + "\",\"a\":" + "[".repeat(9) + "]".repeat(9) + "}")))
                .isEqualTo(Reason.MALFORMED);
        assertThat(atRefresh(refreshOf("{\"jti\":\"" + CHALLENGE + "\",\"a\":" + "[".repeat(5000))))
                .isEqualTo(Reason.MALFORMED);
        assertThat(atRefresh(refreshOf("{\"jti\":\"" + CHALLENGE + "\",\"a\":" + "9".repeat(5000) + "}")))
                .isEqualTo(Reason.MALFORMED);
        assertThat(atRefresh(refreshOf("{\"jti\":\"" + CHALLENGE + "\",\"a\":\"" + "a".repeat(100_000) + "\"}")))
                .isEqualTo(Reason.TOO_LONG);
    }

    @Test
    void otherEncodingsOfJsonAreRefused() {
        String claims = SoftwareKey.claims(CHALLENGE, null);
        byte[] header = DEVICE.refreshHeader().getBytes(StandardCharsets.UTF_8);
        for (var charset : List.of(StandardCharsets.UTF_16, StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE)) {
            assertThat(atRefresh(DEVICE.jwt(header, claims.getBytes(charset)))).isEqualTo(Reason.MALFORMED);
        }
        byte[] notUtf8 = "{\"a\":\"\u00e4\",\"jti\":\"k3q0.challenge_-\"}".getBytes(StandardCharsets.ISO_8859_1);
        assertThat(atRefresh(DEVICE.jwt(header, notUtf8))).isEqualTo(Reason.MALFORMED);
        assertThat(atRefresh(DEVICE.jwt(header, ("\ufeff" + claims).getBytes(StandardCharsets.UTF_8))))
                .isEqualTo(Reason.MALFORMED);
    }

    @Test
    void otherKindsOfTokensAreRefused() {
        for (String type : List.of("\"jwt\"", "\"JWT\"", "\"DBSC+JWT\"", "\"application/dbsc+jwt\"", "\"\"")) {
            assertThat(atRefresh(DEVICE.jwt("{\"alg\":\"ES256\",\"typ\":" + type + "}", SoftwareKey.claims(CHALLENGE, null))))
                    .isEqualTo(Reason.TYPE);
        }
        assertThat(atRefresh(DEVICE.jwt("{\"alg\":\"ES256\"}", SoftwareKey.claims(CHALLENGE, null)))).isEqualTo(Reason.TYPE);
        assertThat(atRefresh(DEVICE.jwt("{\"alg\":\"ES256\",\"typ\":7}", SoftwareKey.claims(CHALLENGE, null))))
                .isEqualTo(Reason.MALFORMED);
        assertThat(atRefresh(DEVICE.jwt("{\"alg\":\"ES256\",\"typ\":\"dbsc+jwt\",\"crit\":[\"b64\"],\"b64\":true}",
                SoftwareKey.claims(CHALLENGE, null)))).isEqualTo(Reason.MALFORMED);
    }

    @Test
    void otherAlgorithmsAreRefused() {
        for (String algorithm : List.of("none", "None", "", "es256", "HS256", "ES384", "ES256K", "PS256", "RS512", "EdDSA")) {
            String jwt = DEVICE.jwt(DEVICE.registrationHeader().replace("ES256", algorithm),
                    SoftwareKey.claims(CHALLENGE, AUTHORIZATION));
            assertThat(atRegistration(jwt)).as(algorithm).isEqualTo(Reason.ALGORITHM);
            assertThat(atRegistration(jwt.substring(0, jwt.lastIndexOf('.') + 1))).isEqualTo(Reason.ALGORITHM);
        }
        assertThat(atRefresh(DEVICE.jwt("{\"typ\":\"dbsc+jwt\"}", SoftwareKey.claims(CHALLENGE, null))))
                .isEqualTo(Reason.ALGORITHM);
        assertThat(atRefresh(SoftwareKey.rsa(2048).refresh(CHALLENGE))).as("of RSA for a key of P-256")
                .isEqualTo(Reason.ALGORITHM);
    }

    /** CVE-2022-21449: some versions of the JDK accepted r = s = 0 for any text and key. */
    @Test
    void emptyAndExtremeSignaturesAreRefused() {
        String jwt = DEVICE.refresh(CHALLENGE);
        String signed = jwt.substring(0, jwt.lastIndexOf('.') + 1);
        BigInteger[] numbers = { BigInteger.ZERO, BigInteger.ONE, ORDER.subtract(BigInteger.ONE), ORDER,
                BigInteger.ONE.shiftLeft(256).subtract(BigInteger.ONE) };
        for (BigInteger r : numbers) {
            for (BigInteger s : numbers) {
                byte[] signature = Arrays.copyOf(SoftwareKey.fixed(r), 64);
                System.arraycopy(SoftwareKey.fixed(s), 0, signature, 32, 32);
                assertThat(atRefresh(signed + SoftwareKey.base64(signature))).isEqualTo(Reason.SIGNATURE);
            }
        }
        assertThat(atRefresh(signed)).as("no signature").isEqualTo(Reason.SIGNATURE);
        assertThat(atRefresh(jwt)).isNull();
    }

    @Test
    void signaturesInDerAreRefused() {
        byte[] der = { 0x30, 0x06, 0x02, 0x01, 0x01, 0x02, 0x01, 0x01 };
        String jwt = DEVICE.refresh(CHALLENGE);
        assertThat(atRefresh(jwt.substring(0, jwt.lastIndexOf('.') + 1) + SoftwareKey.base64(der)))
                .isEqualTo(Reason.SIGNATURE);
    }

    @Test
    void keysThatMayNotBeUsedAreRefused() {
        String rsa = "{\"alg\":\"RS256\",\"jwk\":%s,\"typ\":\"dbsc+jwt\"}";
        SoftwareKey weak = SoftwareKey.rsa(512);
        assertThat(atRegistration(weak.registration(CHALLENGE, AUTHORIZATION))).isEqualTo(Reason.KEY);
        assertThat(atRegistration(registrationOf(rsa.formatted(
                SoftwareKey.rsaJwk(BigInteger.ONE.shiftLeft(16_384).subtract(BigInteger.ONE), BigInteger.valueOf(65_537))))))
                .isEqualTo(Reason.KEY);
        assertThat(atRegistration(registrationOf("{\"alg\":\"ES256\",\"jwk\":"
                + SoftwareKey.ecJwk(BigInteger.ONE, BigInteger.ONE) + ",\"typ\":\"dbsc+jwt\"}"))).isEqualTo(Reason.KEY);
        for (String jwk : List.of("null", "7", "\"\"", "[]", "{}", "true")) {
            assertThat(atRegistration(registrationOf("{\"alg\":\"ES256\",\"jwk\":" + jwk + ",\"typ\":\"dbsc+jwt\"}")))
                    .isEqualTo(Reason.KEY);
            assertThat(atRefresh(DEVICE.jwt("{\"alg\":\"ES256\",\"jwk\":" + jwk + ",\"typ\":\"dbsc+jwt\"}",
                    SoftwareKey.claims(CHALLENGE, null)))).isEqualTo(Reason.KEY);
        }
        assertThat(atRefresh(DEVICE.registration(CHALLENGE, null))).as("even its own").isEqualTo(Reason.KEY);
    }

    @Test
    void proofsOfTheGreatestKeysAreShortEnough() throws InvalidProofException {
        BigInteger modulus = BigInteger.ONE.shiftLeft(8192).subtract(BigInteger.ONE);
        String header = "{\"alg\":\"RS256\",\"jwk\":" + SoftwareKey.rsaJwk(modulus, BigInteger.valueOf(65_537))
                + ",\"typ\":\"dbsc+jwt\"}";
        String claims = SoftwareKey.claims("c".repeat(100), "a".repeat(100));
        String jwt = SoftwareKey.base64(header.getBytes(StandardCharsets.UTF_8)) + '.'
                + SoftwareKey.base64(claims.getBytes(StandardCharsets.UTF_8)) + '.' + SoftwareKey.base64(new byte[1024]);
        assertThat(jwt).hasSizeLessThan(4_000);
        assertThat(Proof.parse(jwt).authorization()).isEqualTo("a".repeat(100));
        assertThat(refusal(() -> Proof.parse(jwt).checkRegistration(challenge -> true, "a".repeat(100), NOBODY).verify()))
                .isEqualTo(Reason.SIGNATURE);
    }

    @Test
    void signatureIsVerifiedLast() {
        // Whoever does not know the challenge makes the server compute nothing.
        assertThat(atRegistration(SoftwareKey.rsa(1024).registration("unknown", AUTHORIZATION))).isEqualTo(Reason.CHALLENGE);
    }

    @Test
    void textsOfAnotherFormAreRefused() {
        String jwt = DEVICE.refresh(CHALLENGE);
        for (String text : List.of("", ".", "..", "...", "a", jwt.substring(0, jwt.lastIndexOf('.')), jwt + '.', '.' + jwt,
                jwt + "=", jwt + " ", ' ' + jwt, jwt.replace('.', ' '), jwt + '\n', jwt + '\u0000', jwt + '\u00e4',
                jwt + "AAA=",
                jwt.replaceFirst("\\.", "=."), jwt.replaceFirst("\\.", ".."), "[" + jwt + "]")) {
            assertThat(atRefresh(text)).as(text).isEqualTo(Reason.MALFORMED);
        }
        assertThat(atRefresh(".".repeat(Proof.MOST_LENGTH))).isEqualTo(Reason.MALFORMED);
        assertThat(atRefresh(".".repeat(Proof.MOST_LENGTH + 1))).isEqualTo(Reason.TOO_LONG);
        assertThat(atRefresh("a".repeat(100_000))).isEqualTo(Reason.TOO_LONG);
    }

    /** Each byte of a proof is signed, and has one form. */
    @Test
    void truncatedAndChangedProofsAreRefused() {
        String jwt = DEVICE.refresh(CHALLENGE);
        for (int i = 0; i < jwt.length(); i++) {
            assertThat(atRefresh(jwt.substring(0, i))).as("cut at %s", i).isNotNull();
            char changed = jwt.charAt(i) == 'A' ? 'B' : 'A';
            assertThat(atRefresh(jwt.substring(0, i) + changed + jwt.substring(i + 1))).as("changed at %s", i).isNotNull();
        }
    }
}
