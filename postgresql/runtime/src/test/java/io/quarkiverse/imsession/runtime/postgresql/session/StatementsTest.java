package io.quarkiverse.imsession.runtime.postgresql.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.imsession.runtime.postgresql.PostgresFixture;
import io.quarkiverse.imsession.runtime.postgresql.client.Sql;

class StatementsTest {

    private static final Tables LONGEST = new Tables("s".repeat(63), "p".repeat(31));

    @RegisterExtension
    static final PostgresFixture POSTGRES = new PostgresFixture();

    /** Otherwise the client would prepare it twice, which fails in a transaction. */
    @Test
    void serverFindsTheTypesOfAllParameters() throws Exception {
        Tables tables = new Tables(null, "imsession_");
        for (String channel : new String[] { null, tables.channel() }) {
            texts(tables, channel).forEach((name, text) -> POSTGRES.server().command("PREPARE one AS " + text));
        }
    }

    @Test
    void eachStatementIsPreparedOnce() throws Exception {
        texts(new Tables(null, "imsession_"))
                .forEach((name, text) -> assertThat(text).as(name).hasSizeLessThanOrEqualTo(Sql.LONGEST));
    }

    /** Long names only cost that the longest statements are prepared each time. */
    @Test
    void usualStatementsArePreparedOnceWhateverTheNamesOfTheTables() throws Exception {
        Map<String, String> texts = texts(LONGEST);
        for (String usual : List.of("load", "update", "updateAndMove", "create", "destroy", "destroyPresented")) {
            assertThat(texts.get(usual)).as(usual).hasSizeLessThanOrEqualTo(Sql.LONGEST);
        }
    }

    @Test
    void nothingOfATemplateIsLeft() throws Exception {
        texts(LONGEST).forEach((name, text) -> assertThat(text).as(name).doesNotContainPattern("\\{[a-z0-9]+}")
                .doesNotContainPattern("\\s\\s"));
    }

    @Test
    void usualStatementsArePreparedOnceAlsoIfTheyTellWhatTheyChange() throws Exception {
        Tables tables = new Tables(null, "imsession_");
        Map<String, String> texts = texts(tables, tables.channel());
        assertThat(texts.get("update")).contains("pg_notify('imsession:imsession_',id||' '||version)");
        assertThat(texts.get("create")).doesNotContain("pg_notify");
        texts.remove("replaceLimited");
        texts.forEach((name, text) -> assertThat(text).as(name).hasSizeLessThanOrEqualTo(Sql.LONGEST)
                .doesNotContainPattern("\\{[a-z]"));
    }

    private static Map<String, String> texts(Tables tables) throws IllegalAccessException {
        return texts(tables, null);
    }

    private static Map<String, String> texts(Tables tables, String channel) throws IllegalAccessException {
        Statements statements = new Statements(tables, channel);
        Map<String, String> texts = new LinkedHashMap<>();
        List<Field> fields = new ArrayList<>(List.of(Statements.class.getDeclaredFields()));
        fields.removeIf(field -> Modifier.isStatic(field.getModifiers()) || Modifier.isPrivate(field.getModifiers())
                || field.getType() != String.class);
        for (Field field : fields) {
            texts.put(field.getName(), (String) field.get(statements));
        }
        assertThat(texts).hasSizeGreaterThan(10);
        return texts;
    }
}
