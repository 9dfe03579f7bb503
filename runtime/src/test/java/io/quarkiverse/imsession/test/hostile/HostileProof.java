package io.quarkiverse.imsession.test.hostile;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

import io.quarkiverse.imsession.test.device.SoftwareKey;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/**
 * A text in the place of a proof of a device: sound, of another device, with other contents, damaged, or something else.
 *
 * @param honest whether the device may have sent it
 */
public record HostileProof(String text, boolean honest) {

    private static final Pattern BLANKS = Pattern.compile("(\"[^\"]*\")|[ \\t\\n\\r]+");

    /**
     * @param header the header of the proof that the device sends
     * @param claims its claims
     */
    public static Arbitrary<HostileProof> of(SoftwareKey device, SoftwareKey other, String header, String claims) {
        String proof = device.jwt(header, claims);
        Arbitrary<HostileProof> signed = Combinators.combine(like(header), like(claims), Arbitraries.of(device, other))
                .as((head, body, key) -> new HostileProof(key.jwt(bytes(head), bytes(body)),
                        key == device && isSame(head, header) && isSame(body, claims)));
        return Arbitraries.frequencyOf(Tuple.of(4, signed),
                Tuple.of(4,
                        HostileTexts.damaged(Arbitraries.just(proof)).map(text -> new HostileProof(text, text.equals(proof)))),
                Tuple.of(1, HostileTexts.bytes(200).map(text -> new HostileProof(text, false))),
                Tuple.of(1, HostileTexts.huge(20_000).map(text -> new HostileProof(text, false))));
    }

    /** Blanks between the tokens of JSON mean nothing (RFC 8259 §2). */
    private static boolean isSame(String json, String other) {
        return withoutBlanks(json).equals(withoutBlanks(other));
    }

    /** Blanks within quotes stay. No text here has an escaped quote. */
    private static String withoutBlanks(String json) {
        return BLANKS.matcher(json).replaceAll("$1");
    }

    private static Arbitrary<String> like(String json) {
        return Arbitraries.frequencyOf(Tuple.of(3, Arbitraries.just(json)),
                Tuple.of(3, HostileTexts.damaged(Arbitraries.just(json))), Tuple.of(1, HostileJson.texts()));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    @Override
    public String toString() {
        return HostileTexts.printable(text);
    }
}
