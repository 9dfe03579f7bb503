package io.quarkiverse.imsession.testing;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECPoint;
import java.util.Map;
import java.util.concurrent.CompletionStage;

import io.quarkiverse.imsession.SessionId;
import io.quarkiverse.imsession.codec.Base64Url;
import io.quarkiverse.imsession.codec.JsonText;
import io.quarkiverse.imsession.runtime.device.DeviceOffer;
import io.quarkiverse.imsession.runtime.session.DeviceBindings;
import io.quarkiverse.imsession.runtime.session.DeviceBindings.Reply;

/** Plays the device of a browser: it has a key, and binds a session to it as a browser does. */
final class TestDevice {

    private static final String TYPE = "dbsc+jwt";
    private static final String ALGORITHM = "ES256";
    /** The bytes of a coordinate of the curve P-256. */
    private static final int COORDINATE = 32;
    /** Browsers register without a cookie, too. */
    private static final DeviceBindings.Sender NOBODY = new DeviceBindings.Sender(null, Map::of);

    private final KeyPair key;

    TestDevice() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            key = generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK has the curve P-256", e);
        }
    }

    /**
     * Binds a session, so that only requests with the bound cookie have it.
     *
     * @param offer what the session was stored with
     * @return a stage of the bound cookie
     */
    CompletionStage<String> bind(DeviceBindings devices, SessionId id, DeviceOffer offer) {
        String registration = proof(Map.of("typ", TYPE, "alg", ALGORITHM, "jwk", jwk()),
                Map.of("jti", offer.challenge(), "authorization", offer.authorization(id)));
        return devices.register(registration, NOBODY, audience -> true)
                // A binding is in force once the bound cookie was shown, or another one was asked for.
                .thenCompose(registered -> devices.refresh(answer(Reply.Bound.class, registered).id(), null, NOBODY,
                        audience -> true))
                .thenCompose(asked -> devices.refresh(id, proof(Map.of("typ", TYPE, "alg", ALGORITHM),
                        Map.of("jti", answer(Reply.Challenged.class, asked).challenge())), NOBODY, audience -> true))
                .thenApply(refreshed -> answer(Reply.Bound.class, refreshed).cookie());
    }

    private static <T extends Reply> T answer(Class<T> expected, Reply reply) {
        if (!expected.isInstance(reply)) {
            throw new IllegalStateException("The session of the test could not be bound to a device: the answer was "
                    + reply.getClass().getSimpleName() + " instead of " + expected.getSimpleName()
                    + ". Another change of the session in the test may have been faster");
        }
        return expected.cast(reply);
    }

    private Map<String, String> jwk() {
        ECPoint point = ((ECPublicKey) key.getPublic()).getW();
        return Map.of("kty", "EC", "crv", "P-256", "x", coordinate(point.getAffineX().toByteArray()), "y",
                coordinate(point.getAffineY().toByteArray()));
    }

    /** @param number a number that is not negative, with the sign bit or without leading zeros */
    private static String coordinate(byte[] number) {
        byte[] fixed = new byte[COORDINATE];
        int length = Math.min(number.length, COORDINATE);
        System.arraycopy(number, number.length - length, fixed, COORDINATE - length, length);
        return Base64Url.encode(fixed);
    }

    private String proof(Map<String, ?> header, Map<String, ?> claims) {
        String signed = encoded(header) + '.' + encoded(claims);
        try {
            Signature signature = Signature.getInstance("SHA256withECDSAinP1363Format");
            signature.initSign(key.getPrivate());
            signature.update(signed.getBytes(StandardCharsets.US_ASCII));
            return signed + '.' + Base64Url.encode(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK signs by ES256", e);
        }
    }

    private static String encoded(Map<String, ?> values) {
        return Base64Url.encode(JsonText.writeObject(values).getBytes(StandardCharsets.US_ASCII));
    }
}
