package io.quarkiverse.imsession.runtime.postgresql.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.imsession.test.postgresql.PostgresServer;

class SessionDocumentTest {

    private static final String CASES = "imsession.hostile.cases";
    private static final int USUAL_CASES = 20_000;
    /** Of these, texts are made that are nearly JSON, and JSON that is nearly none. */
    private static final List<String> PARTS = List.of("{", "}", "[", "]", ",", ":", "\"", "\\", "\\u", "\\u0000", "\\ud800",
            "\\uDC00",
            "\\ud83d\\ude00", "\\\\u0000", "\\\\", "\\\"", "\\uf8ff", "\uf8ff", "\uf8ff0000", "\uf8ffD800", "\uf8fft",
            "\uf8fff8ff", "t",
            "\u0000", "\ud800", "\udc00", "\ud83d\ude00", "\u00e9", "\u2028", "\n", "\u0001", "\u007f", " ", "0", "1", "-", ".",
            "e",
            "1.50e+3", "true", "false", "null", "a", "\"a\"", "\"b\":1", "[1,{\"x\":[]}]", "{\"a\":\"\\ud800\"}");

    @Test
    void whatPostgresqlCanHoldIsWrittenAsItIs() {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("user", "\"Ada \u00e9\ud83d\ude00\"");
        fields.put("cart", "[1, 2.50,{\"a\" : null}]");
        fields.put("a\"b", "\"\\u00e9\\ud83d\\ude00\\n\"");
        assertThat(SessionDocument.ofData(fields))
                .isEqualTo("{\"user\":\"Ada \u00e9\ud83d\ude00\",\"cart\":[1, 2.50,{\"a\" : null}],"
                        + "\"a\\\"b\":\"\\u00e9\\ud83d\\ude00\\n\"}");
        assertThat(SessionDocument.ofAttributes(Map.of("@label", "a phone"))).isEqualTo("{\"@label\":\"a phone\"}");
        assertThat(SessionDocument.ofData(Map.of())).isEqualTo("{}");
    }

    @Test
    void whatPostgresqlCannotHoldIsWrittenByACode() {
        assertThat(SessionDocument.ofData(Map.of("a", "\"\\u0000\\uD800\uf8ff\"")))
                .isEqualTo("{\"a\":\"\uf8ff0000\uf8ffD800\uf8fff8ff\"}");
        assertThat(SessionDocument.ofData(Map.of("a", "1,\"x\":2"))).isEqualTo("{\"a\":\"\uf8fft1,\\\"x\\\":2\"}");
        assertThat(SessionDocument.ofData(Map.of("a", ""))).isEqualTo("{\"a\":\"\uf8fft\"}");
    }

    @Test
    @Tag("sized")
    void anyTextsComeBackAsTheyWere() throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        List<String> documents = new ArrayList<>();
        for (int i = 0; i < Integer.getInteger(CASES, USUAL_CASES); i++) {
            Map<String, String> values = new LinkedHashMap<>();
            for (int count = random.nextInt(4); count > 0; count--) {
                values.put(text(random), text(random));
            }
            String data = SessionDocument.ofData(values);
            String attributes = SessionDocument.ofAttributes(values);
            assertThat(SessionDocument.data(data)).as("seed %s", seed).isEqualTo(values);
            assertThat(SessionDocument.attributes(attributes)).as("seed %s", seed).isEqualTo(values);
            values.values().forEach(text -> assertThat(SessionDocument.ofStorable(SessionDocument.storable(text)))
                    .as("seed %s", seed).isEqualTo(text));
            documents.add(data);
            documents.add(attributes);
        }
        assertThatPostgresqlTakes(documents);
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        boolean quoted = random.nextBoolean();
        for (int parts = random.nextInt(6); parts > 0; parts--) {
            text.append(PARTS.get(random.nextInt(PARTS.size())));
        }
        return quoted ? "\"" + text + "\"" : text.toString();
    }

    /** PostgreSQL keeps each text as it is, and can look into it. */
    private static void assertThatPostgresqlTakes(List<String> documents) throws Exception {
        try (PostgresServer server = PostgresServer.start();
                Connection connection = server.connect();
                PreparedStatement statement = connection.prepareStatement("SELECT ?::text::json::text,"
                        + " (SELECT count(*) FROM json_each_text(?::text::json)), ?::text::jsonb IS NOT NULL")) {
            for (String document : documents) {
                for (int i = 1; i <= 3; i++) {
                    statement.setString(i, document);
                }
                try (ResultSet row = statement.executeQuery()) {
                    assertThat(row.next()).isTrue();
                    assertThat(row.getString(1)).isEqualTo(document);
                }
            }
        }
    }

    @Test
    void deepNestingExhaustsNothing() {
        String deep = "[".repeat(200_000) + "]".repeat(200_000);
        String allowed = "[".repeat(1000) + "]".repeat(1000);
        Map<String, String> fields = Map.of("a", deep, "b", allowed);
        String document = SessionDocument.ofData(fields);
        assertThat(document).contains("\"b\":" + allowed).contains("\"a\":\"\uf8fft[[");
        assertThat(SessionDocument.data(document)).isEqualTo(fields);
    }

    @Test
    void documentsOfOthersAreReadToo() {
        assertThat(SessionDocument.data(" {\n \"a\" : 1 , \"b\":\t[ 1 ]\r\n , \"a\":2 } "))
                .isEqualTo(Map.of("a", "2", "b", "[ 1 ]"));
        assertThat(SessionDocument.data("{\"a\":\"\uf8ff\"}")).isEqualTo(Map.of("a", "\"\uf8ff\""));
        assertThat(SessionDocument.data("{}")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "[]", "1", "null", "{", "{\"a\"}", "{\"a\":}", "{\"a\":1,}", "{\"a\":1 \"b\":2}", "{a:1}",
            "{}{}",
            "{\"a\":tru}" })
    void whatIsNoObjectIsDamaged(String document) {
        assertThatIllegalArgumentException().isThrownBy(() -> SessionDocument.data(document));
    }

    @ParameterizedTest
    @ValueSource(strings = { "{\"@a\":1}", "{\"@a\":null}", "[\"@a\"]" })
    void attributesAreTexts(String document) {
        assertThatIllegalArgumentException().isThrownBy(() -> SessionDocument.attributes(document));
    }

    @Test
    void differentTextsAreStoredAsDifferentOnes() {
        assertThat(List.of("a", "a\u0000", "a\uf8ff", "a\uf8ff0000", "a\uf8fff8ff", "a\ud800", "a\uf8ffd800"))
                .extracting(SessionDocument::storable).doesNotHaveDuplicates().noneMatch(text -> text.indexOf(0) >= 0);
    }
}
