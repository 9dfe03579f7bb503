package io.quarkiverse.imsession.runtime.postgresql.upkeep;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import io.quarkiverse.imsession.runtime.postgresql.session.Tables;

/** The statements that make the tables, from the file in the jar. */
final class SchemaFile {

    private static final String NAME = "/META-INF/imsession/postgresql/schema.sql";

    private static final String CREATE_SCHEMA = "CREATE SCHEMA IF NOT EXISTS ";

    private final List<String> statements;

    private SchemaFile(List<String> statements) {
        this.statements = statements;
    }

    static SchemaFile of(Tables tables) {
        String schema = tables.schema() == null ? "" : tables.quotedSchema() + '.';
        List<String> statements = new ArrayList<>();
        if (tables.schema() != null) {
            statements.add(CREATE_SCHEMA + tables.quotedSchema());
        }
        for (String statement : text().replaceAll("(?m)^\\s*--.*\\R", "").split(";")) {
            if (!statement.isBlank()) {
                statements.add(statement.strip().replace("${schema}", schema).replace("${prefix}", tables.prefix()));
            }
        }
        return new SchemaFile(List.copyOf(statements));
    }

    static String text() {
        try (InputStream file = SchemaFile.class.getResourceAsStream(NAME)) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @param hasSchema whether the schema is there: to make it takes a right on the database, even if it is there */
    List<String> all(boolean hasSchema) {
        return hasSchema ? statements.stream().filter(statement -> !statement.startsWith(CREATE_SCHEMA)).toList() : statements;
    }

    /** The statement that makes a table or an index, by its first words. */
    String making(String kind, String name) {
        return statements.stream()
                .filter(statement -> statement.matches("(?s)CREATE (UNIQUE )?" + kind + " IF NOT EXISTS (\\S+\\.)?"
                        + name + "\\b.*"))
                .findFirst().orElseThrow();
    }
}
