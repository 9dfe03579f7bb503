package io.quarkiverse.imsession.test.hostile;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/** Texts in the place of JSON: sound, damaged, absurdly deep, long or large, and none at all. Characters are bytes. */
public final class HostileJson {

    private static final int DEEPEST = 100_000;
    private static final int LONGEST = 300_000;

    private static final String[] ODD = { "", " ", "nul", "NaN", "-Infinity", "'a'", "{a:1}", "[1,]", "{\"a\":1,}", "1 2",
            "[] []",
            "1e999999999", "-1e999999999", "1e-999999999", "1E400", "0123", "-", "-0", "+1", "1.", ".5", "0x10", "\"",
            "\"\\x\"",
            "\"\\u12\"", "\"\\ud800\"", "\"\u0000\"", "\"a\nb\"", "/* */1", "// x\n1", "\u00ef\u00bb\u00bf1", "\u00ff\u00fe",
            "{\"@class\":\"java.lang.Runtime\"}",
            "[\"java.util.ArrayList\",[]]", "{\"a\":1,\"a\":2}", "{\"\":{}}", "9223372036854775808", "-9223372036854775809",
            "2147483648", "99999999999999999999999999", "1.7976931348623157e309", "truefalse", "null", "[null]",
            "\"P1D\"", "\"PT1E9S\"", "\"+999999999-12-31\"", "1e1000000000", "\"1e1000000000\"" };

    private HostileJson() {
    }

    public static Arbitrary<String> texts() {
        return Arbitraries.frequencyOf(Tuple.of(20, sound()), Tuple.of(20, HostileTexts.damaged(sound())),
                Tuple.of(20, Arbitraries.of(ODD)), Tuple.of(6, HostileTexts.bytes(60)), Tuple.of(6, HostileTexts.unicode(60)),
                Tuple.of(1, deep()), Tuple.of(1, large()));
    }

    private static Arbitrary<String> sound() {
        Arbitrary<String> leaf = Arbitraries.oneOf(Arbitraries.longs().map(String::valueOf),
                Arbitraries.doubles().map(String::valueOf),
                Arbitraries.of("true", "false", "null", "0", "7", "\"7\"", "{}", "[]"),
                Arbitraries.strings().alpha().numeric().withChars(' ', '-', ':', '.').ofMaxLength(20).map(HostileJson::quoted));
        return Arbitraries.recursive(() -> leaf, HostileJson::around, 0, 3);
    }

    private static Arbitrary<String> around(Arbitrary<String> inner) {
        return Arbitraries.oneOf(inner.list().ofMaxSize(4).map(items -> "[" + String.join(",", items) + "]"),
                inner.map(value -> "{\"product\":" + value + ",\"count\":2}"),
                inner.map(value -> "{\"a\":" + value + "}"));
    }

    private static String quoted(String text) {
        return '"' + text + '"';
    }

    /** Levels, closed or not. */
    private static Arbitrary<String> deep() {
        return Combinators.combine(Arbitraries.of(new String[] { "[", "]" }, new String[] { "{\"a\":", "}" },
                new String[] { "[[],", "]" }, new String[] { "{\"a\":[", "]}" }), Arbitraries.integers().between(1, DEEPEST),
                Arbitraries.of(true, false))
                .as((level, depth, closed) -> level[0].repeat(depth / level[0].length()) + "1"
                        + (closed ? level[1].repeat(depth / level[0].length()) : ""));
    }

    /** Up to several times the largest session. */
    private static Arbitrary<String> large() {
        Arbitrary<String[]> kinds = Arbitraries.of(new String[] { "\"", "a", "\"" }, new String[] { "\"", "\\ud800", "\"" },
                new String[] { "\"", "\\u0000", "\"" }, new String[] { "", "9", "" }, new String[] { "-0.", "9", "" },
                new String[] { "1e", "9", "" }, new String[] { "[", "1,", "1]" }, new String[] { "[", "{},", "{}]" },
                new String[] { "{", "\"a\":1,", "\"a\":1}" }, new String[] { "", " ", "1" },
                new String[] { "\"", "\u00e4", "\"" },
                new String[] { "\"", "\u00f0\u009f\u0098\u0080", "\"" }, new String[] { "", "\"", "" },
                new String[] { "\"", "\\", "\"" });
        return Combinators.combine(kinds, Arbitraries.integers().between(0, LONGEST))
                .as((kind, length) -> kind[0] + kind[1].repeat(length / kind[1].length()) + kind[2]);
    }
}
