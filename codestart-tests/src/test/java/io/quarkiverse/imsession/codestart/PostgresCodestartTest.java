package io.quarkiverse.imsession.codestart;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkus.devtools.testing.codestarts.QuarkusCodestartTest;
import io.quarkus.registry.catalog.Extension;

/** The same application, with sessions in PostgreSQL. */
class PostgresCodestartTest {

    private static final Extension EXTENSION = Published.extension("../postgresql/runtime");

    @RegisterExtension
    static final QuarkusCodestartTest CODESTART = Published.codestart(EXTENSION);

    @Test
    void descriptorSaysWhatTheToolsShow() {
        assertThat(EXTENSION.getName()).isEqualTo("ImSession PostgreSQL");
        assertThat(EXTENSION.getMetadata()).containsEntry("short-name", "imsession-postgresql")
                .containsEntry("guide", "https://docs.quarkiverse.io/quarkus-imsession/dev/postgresql.html");
    }

    @Test
    void applicationHasItsDependencyItsDatabaseAndItsInstructions() throws Throwable {
        assertThat(content("pom.xml")).contains("<artifactId>quarkus-imsession-postgresql</artifactId>",
                "<artifactId>quarkus-rest</artifactId>");
        assertThat(content("src/main/java/ilove/quark/us/VisitResource.java")).startsWith("package ilove.quark.us;");
        assertThat(content("src/main/resources/application.properties"))
                .contains("%prod.quarkus.datasource.reactive.url=postgresql://postgres@localhost:5432/postgres")
                .doesNotContain("redis");
        assertThat(content("README.md")).contains("PostgreSQL").doesNotContain("Redis");
    }

    private static String content(String file) throws Throwable {
        return Published.content(CODESTART, file);
    }
}
