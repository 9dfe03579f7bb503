package io.quarkiverse.imsession.runtime.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.imsession.test.hostile.HostileRun;
import io.quarkiverse.imsession.test.hostile.HostileTarget;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/** The field of a form is found however it comes, and looking for it is no more work than the form has bytes. */
class FormFieldTest {

    private static final String URL_ENCODED = "application/x-www-form-urlencoded";
    private static final String MULTIPART = "multipart/form-data; boundary=b";
    private static final String NAME = "csrf-token";
    private static final int LIMIT = 64 * 1024;
    /** How often a byte may be looked at: as a separator, in a name or header, in a value, in a boundary. */
    private static final int MOST_LOOKS = 5;

    /** A form of up to 64 KB, as that is as much as is looked into, and the sizes of the chunks it comes in, over and over. */
    private record Sent(String contentType, String body, List<Integer> chunks) {

        @Override
        public String toString() {
            return contentType + " in " + chunks + " of " + body.length() + ": "
                    + body.substring(0, Math.min(200, body.length()));
        }
    }

    private record Found(Optional<String> value, long looks, int read) {
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "csrf-token=abc | abc", "a=b&csrf-token=abc&c=d | abc", "a&b&&&csrf-token=abc | abc", "csrf%2Dtoken=a%62c | abc",
            "csrf-token=a+b%3D | a b=", "csrf-token=abc&csrf-token=def | abc", "csrf-token= | ''", "csrf-token=abc\\r\\n | abc",
            "csrf-token==abc | =abc", "csrf-token=abc; | abc;" })
    void fieldOfAUrlEncodedFormIsFound(String body, String value) {
        assertFoundInAnyChunks(URL_ENCODED, body, value);
        assertFoundInAnyChunks("Application/X-WWW-Form-URLEncoded ;charset=UTF-8", body, value);
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "&", "a=b", "csrf-token", "csrf-tokens=abc", "xcsrf-token=abc", "CSRF-TOKEN=abc",
            "a=csrf-token=abc", "a;csrf-token=abc", "csrf-token=%", "csrf-token=%zz", "%=&%%=1", "csrf%2-token=abc" })
    void fieldThatAUrlEncodedFormHasNotIsNotFound(String body) {
        assertFoundInAnyChunks(URL_ENCODED, body, null);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "--b\\r\\nContent-Disposition: form-data; name=\"csrf-token\"\\r\\n\\r\\nabc\\r\\n--b-- | abc",
            "--b\\r\\nContent-Disposition: form-data; name=csrf-token\\r\\n\\r\\nabc\\r\\n--b--\\r\\n | abc",
            "--b\\ncontent-disposition:form-data;NAME=\"csrf-token\"\\n\\nabc\\n--b\\n | abc",
            "preamble\\r\\n--b \\r\\nA: b\\r\\nContent-Disposition: form-data; name=\"csrf-token\"\\r\\nC: d\\r\\n\\r\\nabc\\r\\n--b | abc",
            "--b\\r\\nContent-Disposition: form-data; name=\"a\"\\r\\n\\r\\n--c\\r\\n-b\\r\\n --b\\r\\n--bb\\r\\n--b\\r\\n"
                    + "Content-Disposition: form-data; name=\"csrf-token\"\\r\\n\\r\\na\\r\\nb\\r\\n--b--x | a\\r\\nb",
            "--b\\r\\nContent-Disposition: form-data; name=\"f\"; filename=\"csrf-token; name=csrf-token\"\\r\\n\\r\\nx\\r\\n--b\\r\\n"
                    + "Content-Disposition: form-data; name=\"csrf-token\"\\r\\n\\r\\nabc\\r\\n--b-- | abc",
            "--b\\r\\nContent-Disposition: form-data; name=\"csrf-token\"\\r\\n\\r\\n--b-- | ''",
            "--b\\r\\nContent-Disposition: form-data; name=\"csrf-token\"\\r\\n\\r\\n\\r\\n--b-- | ''",
            "--b\\r\\nContent-Disposition: form-data; name=\"csrf-token\"\\r\\nContent-Type: text/plain\\r\\n\\r\\nhällo\\r\\n--b-- | hällo" })
    void fieldOfAFormWithPartsIsFound(String body, String value) {
        assertFoundInAnyChunks(MULTIPART, body, value);
        assertFoundInAnyChunks("Multipart/Form-Data; charset=utf-8 ; Boundary=\"b\"", body, value);
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "\\r\\n", "x", "--b", "--b--", "--b--\\r\\n", "csrf-token=abc",
            "--b\\r\\nContent-Disposition: form-data; name=\"csrf-token\"; filename=\"a\"\\r\\n\\r\\nabc\\r\\n--b--",
            "--b\\r\\nContent-Disposition: form-data; name=\"csrf-token\"; filename*=utf-8''a\\r\\n\\r\\nabc\\r\\n--b--",
            "--b\\r\\nContent-Disposition: form-data; name=\"csrf-token\"\\r\\n\\r\\nabc",
            "--b\\r\\nContent-Disposition: form-data; name=\"csrf-token\"\\r\\n\\r\\nabc--b--",
            "--b\\r\\nContent-Disposition: form-data; name=\"csrf-token\"",
            "--b\\r\\nContent-Disposition: form-data; filename=\"; name=csrf-token\"\\r\\n\\r\\nabc\\r\\n--b--",
            "--b\\r\\nContent-Type: form-data; name=\"csrf-token\"\\r\\n\\r\\nabc\\r\\n--b--",
            "--c\\r\\nContent-Disposition: form-data; name=\"csrf-token\"\\r\\n\\r\\nabc\\r\\n--c--",
            "--b--\\r\\n--b\\r\\nContent-Disposition: form-data; name=\"csrf-token\"\\r\\n\\r\\nabc\\r\\n--b--" })
    void fieldThatAFormWithPartsHasNotIsNotFound(String body) {
        assertFoundInAnyChunks(MULTIPART, body, null);
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "text/plain", "application/json", "multipart/form-data", "multipart/form-data; boundary=",
            "multipart/form-data; boundary=\"\"", "multipart/mixed; boundary=b", "multipart/form-data-x; boundary=b",
            "application/x-www-form-urlencoded-x", "text/plain; a=multipart/form-data; boundary=b", ";", "=" })
    void otherTypesAreNoForms(String contentType) {
        assertThat(FormField.of(NAME, contentType)).isNull();
        assertThat(FormField.of(NAME, null)).isNull();
        assertThat(FormField.of(NAME, "multipart/form-data; boundary=" + "b".repeat(71))).isNull();
        assertThat(FormField.of(NAME, "multipart/form-data; boundary=" + "b".repeat(70))).isNotNull();
    }

    /** What is not decided at once would be read on, and be refused only then. */
    static List<Sent> beyondTheBounds() {
        String part = "--b\r\nContent-Disposition: form-data; name=";
        return List.of(sent(URL_ENCODED, "a".repeat(1100)), sent(URL_ENCODED, "a&".repeat(1100)),
                sent(URL_ENCODED, "csrf-token=" + "a".repeat(1100)), sent(MULTIPART, "--b\r\n" + "x".repeat(4200)),
                sent(MULTIPART, "--b\r\n" + "x: y\r\n".repeat(800)), sent(MULTIPART, part + "a" + ";b=c".repeat(1100)),
                sent(MULTIPART, part + "csrf-token\r\n\r\n" + "a".repeat(1200)),
                sent(MULTIPART, part + "csrf-token\r\n\r\n" + "\r\n".repeat(800)),
                sent(MULTIPART, (part + "a\r\n\r\n\r\n").repeat(1100)));
    }

    @ParameterizedTest
    @MethodSource("beyondTheBounds")
    void moreThanTheBoundsIsDecidedAtOnce(Sent sent) {
        Found found = search(sent.contentType(), sent.body(), List.of(1));
        assertThat(found.value()).isEmpty();
        assertThat(found.read()).isLessThan(sent.body().length());
    }

    @Test
    void longValuesAndFilesBeforeItAreNoObstacle() {
        String text = "long text & more ".repeat(3000);
        assertFound(URL_ENCODED, "text=" + text.replace("&", "%26") + "&csrf-token=abc", List.of(1), "abc");
        String parts = "--b\r\nContent-Disposition: form-data; name=\"text\"\r\n\r\n" + text
                + "\r\n--b\r\nContent-Disposition: form-data; name=\"csrf-token\"\r\n\r\nabc\r\n--b--";
        assertFound(MULTIPART, parts, List.of(1), "abc");
        assertFound(MULTIPART, "preamble\r\n".repeat(1000) + parts, List.of(7), "abc");
    }

    @Test
    void manyFieldsBeforeItAreNoObstacle() {
        assertFound(URL_ENCODED, "a=b&".repeat(900) + "csrf-token=abc", List.of(3), "abc");
        assertFound(URL_ENCODED, "&".repeat(50_000) + "csrf-token=abc", List.of(3), "abc");
    }

    @Test
    @Tag("sized")
    void whateverComesEachByteIsLookedAtAFewTimesAndChunksChangeNothing() {
        HostileRun.run("forms", 10, 16, sent(), new HostileTarget<>() {

            @Override
            public Optional<String> attempt(List<Sent> cases) {
                for (Sent sent : cases) {
                    Found found = search(sent.contentType(), sent.body(), sent.chunks());
                    assertThat(found.value()).isEqualTo(search(sent.contentType(), sent.body(), List.of(LIMIT)).value());
                    assertThat(found.looks()).isLessThanOrEqualTo((long) MOST_LOOKS * found.read() + MOST_LOOKS);
                }
                return Optional.empty();
            }

            @Override
            public long nanos() {
                return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
            }
        });
    }

    private static Arbitrary<Sent> sent() {
        Arbitrary<List<Integer>> chunks = Arbitraries.frequencyOf(Tuple.of(2, Arbitraries.just(List.of(1))),
                Tuple.of(5, Arbitraries.integers().between(1, 40).list().ofMinSize(1).ofMaxSize(20)),
                Tuple.of(1, Arbitraries.integers().between(1, LIMIT).list().ofMinSize(1).ofMaxSize(5)));
        return Combinators.combine(forms(), chunks).as((form, sizes) -> new Sent(form.getKey(), form.getValue(), sizes));
    }

    private static Arbitrary<Map.Entry<String, String>> forms() {
        return Arbitraries.oneOf(body("&", "&&&&", "=", ";", "%", "%zz", "+", "a=", "a&", "csrf-token", "csrf-token=abc",
                "csrf%2dtoken=", "aaaaaaaaaaaaaaaa", "\r\n").map(body -> Map.entry(URL_ENCODED, body)),
                body("\r\n", "\n", "\r", "-", "--", "--b", "\r\n--b", "\r\n--b\r\n", "--b--", "bbbbbbb", ";", "; a=b", "\"",
                        ":",
                        "Content-Disposition: form-data; name=",
                        "Content-Disposition: form-data; name=\"csrf-token\"\r\n\r\nabc",
                        "csrf-token", "filename=", "Content-Type: multipart/mixed, boundary=c\r\n", "\r\n--b\r\n\r\n\r\n")
                        .map(body -> Map.entry(MULTIPART, body)),
                body("-", "--", "\r\n", "\n--", "-".repeat(70), "-".repeat(71), "\n" + "-".repeat(72), "x",
                        "\n" + "-".repeat(71) + "x")
                        .map(body -> Map.entry("multipart/form-data; boundary=" + "-".repeat(69) + "x", body)));
    }

    /** Sometimes one piece again and again, sometimes a mixture. */
    private static Arbitrary<String> body(String... pieces) {
        Arbitrary<String> mixture = Arbitraries.of(pieces).list().ofMaxSize(60).map(list -> String.join("", list));
        Arbitrary<String> same = Combinators.combine(mixture, Arbitraries.of(pieces), Arbitraries.integers().between(0, LIMIT),
                mixture).as((begin, piece, length, end) -> begin + piece.repeat(length / piece.length()) + end);
        return Arbitraries.frequencyOf(Tuple.of(6, mixture), Tuple.of(1, same))
                .map(body -> body.substring(0, Math.min(LIMIT, body.length())));
    }

    private static Sent sent(String contentType, String body) {
        return new Sent(contentType, body, List.of(1));
    }

    private static void assertFoundInAnyChunks(String contentType, String escaped, String value) {
        String body = unescape(escaped);
        for (int size = 1; size <= body.length() + 1; size++) {
            assertFound(contentType, body, List.of(size), value == null ? null : unescape(value));
            assertFound(contentType, body, List.of(1, size), value == null ? null : unescape(value));
        }
    }

    private static String unescape(String text) {
        return text.replace("\\r", "\r").replace("\\n", "\n");
    }

    private static void assertFound(String contentType, String body, List<Integer> chunks, String value) {
        Found found = search(contentType, body, chunks);
        assertThat(found.value()).as("in chunks of %s", chunks).isEqualTo(Optional.ofNullable(value));
        assertThat(found.looks()).isLessThanOrEqualTo((long) MOST_LOOKS * found.read() + MOST_LOOKS);
    }

    private static Found search(String contentType, String body, List<Integer> chunks) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        FormField field = FormField.of(NAME, contentType);
        CountedBytes arrived = new CountedBytes();
        int read = 0;
        boolean decided = false;
        for (int i = 0; read < bytes.length && !decided; i++) {
            int size = Math.min(chunks.get(i % chunks.size()), bytes.length - read);
            arrived.arrive(bytes, read, size);
            read += size;
            decided = field.search(arrived.buffer(), false);
        }
        if (!decided) {
            assertThat(field.search(arrived.buffer(), true)).isTrue();
        }
        return new Found(Optional.ofNullable(field.value()), arrived.looks(), read);
    }
}
