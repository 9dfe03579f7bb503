package io.quarkiverse.imsession.test.hostile;

import java.nio.charset.StandardCharsets;
import java.util.List;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/**
 * Texts that a client may send. Each character is one byte on the wire: what has others comes as the bytes of its UTF-8.
 */
public final class HostileTexts {

    private static final String BASE64_URL = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    private static final String[] ODD = { "", ".", "null", "undefined", "{}", "[]", "0", "-1", "true", "NaN",
            "../../etc/passwd",
            "%00%00", "%2e", "\u0000", "\t", "\"", "\\", "'; DROP TABLE sessions; --", "<script>alert(1)</script>",
            "${jndi:ldap://x/a}", "#{1+1}", "*", "imsession:{AAAAAAAAAAAAAAAAAAAAAA}", "@token", "a=b;c=d", "connsid=x", ";",
            ",", "=",
            "\u00ff", "\u00c0\u00af", "\u00ed\u00a0\u0080", "\u00ef\u00bb\u00bf" };

    private static final int SHOWN = 300;

    private HostileTexts() {
    }

    /** Any bytes. */
    public static Arbitrary<String> bytes(int most) {
        return Arbitraries.strings().withCharRange('\u0000', '\u00ff').ofMaxLength(most);
    }

    /** Any characters that a header may have. */
    static Arbitrary<String> visible(int most) {
        return Arbitraries.strings().withCharRange(' ', '~').withCharRange('\u00a0', '\u00ff').ofMaxLength(most);
    }

    /** Any characters at all, in UTF-8. */
    public static Arbitrary<String> unicode(int most) {
        return Arbitraries.strings().all().ofMaxLength(most).map(HostileTexts::utf8);
    }

    /** The bytes of a text as characters. */
    public static String utf8(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }

    /** A text for a reader of a log: what is long is cut, and nothing can be mistaken for a line of its own. */
    public static String printable(String text) {
        StringBuilder shown = new StringBuilder();
        for (int i = 0; i < Math.min(text.length(), SHOWN); i++) {
            char c = text.charAt(i);
            shown.append(c < ' ' || c > '~' ? String.format("\\x%02x", (int) c) : c);
        }
        return text.length() > SHOWN ? shown + "... (" + text.length() + " bytes)" : shown.toString();
    }

    static Arbitrary<String> odd() {
        return Arbitraries.of(ODD);
    }

    /** Many times the same. */
    static Arbitrary<String> huge(int most) {
        return Combinators.combine(Arbitraries.of("a", ".", "A.", "\u00e4", "connsid=", "=", " ", "%", "\\", "\""),
                Arbitraries.integers().between(0, most)).as((unit, length) -> unit.repeat(length / unit.length()));
    }

    /**
     * What may stand where a token is expected.
     *
     * @param known tokens that are valid: they come as they are, and damaged
     */
    public static Arbitrary<String> token(List<String> known) {
        Arbitrary<String> shaped = Combinators.combine(base64Url(22), base64Url(32)).as((id, secret) -> id + '.' + secret);
        Arbitrary<String> like = known.isEmpty() ? shaped : Arbitraries.oneOf(Arbitraries.of(known), shaped);
        return Arbitraries.frequencyOf(Tuple.of(4, shaped), Tuple.of(1, like), Tuple.of(6, damaged(like)),
                Tuple.of(1, Combinators.combine(shaped, base64Url(43)).as((token, signature) -> token + '.' + signature)),
                Tuple.of(1, swapped(like, shaped)), Tuple.of(2, bytes(80)), Tuple.of(2, visible(80)), Tuple.of(1, unicode(60)),
                Tuple.of(2, odd()), Tuple.of(1, huge(7000)));
    }

    private static Arbitrary<String> base64Url(int length) {
        return Arbitraries.strings().withChars(BASE64_URL).ofLength(length);
    }

    /** The id of one with the secret of another. */
    private static Arbitrary<String> swapped(Arbitrary<String> one, Arbitrary<String> other) {
        return Combinators.combine(one, other).as((id, secret) -> id.substring(0, 23) + secret.substring(23));
    }

    /** With one wrong place. */
    public static Arbitrary<String> damaged(Arbitrary<String> texts) {
        Arbitrary<String> wrong = Arbitraries.oneOf(bytes(1), visible(1), odd(), Arbitraries.of("=", ".", "-", "A"));
        return Combinators.combine(texts, Arbitraries.integers().between(0, 300), wrong, Arbitraries.of(Damage.values()))
                .as((text, position, piece, damage) -> damage.of(text, text.isEmpty() ? 0 : position % text.length(), piece));
    }

    private enum Damage {
        REPLACED {
            @Override
            String of(String text, int at, String piece) {
                return text.substring(0, at) + piece + text.substring(Math.min(text.length(), at + piece.length()));
            }
        },
        INSERTED {
            @Override
            String of(String text, int at, String piece) {
                return text.substring(0, at) + piece + text.substring(at);
            }
        },
        CUT {
            @Override
            String of(String text, int at, String piece) {
                return text.substring(0, at);
            }
        },
        BEHEADED {
            @Override
            String of(String text, int at, String piece) {
                return text.substring(at);
            }
        },
        ENCLOSED {
            @Override
            String of(String text, int at, String piece) {
                return piece + text + piece;
            }
        },
        DOUBLED {
            @Override
            String of(String text, int at, String piece) {
                return text + piece + text;
            }
        };

        abstract String of(String text, int at, String piece);
    }
}
