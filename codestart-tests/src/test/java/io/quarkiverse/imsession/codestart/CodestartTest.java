package io.quarkiverse.imsession.codestart;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkus.devtools.testing.codestarts.QuarkusCodestartTest;
import io.quarkus.registry.catalog.Extension;

/** The application that the tools of Quarkus make of the published descriptor and the published codestart. */
class CodestartTest {

    private static final Extension EXTENSION = Published.extension("../runtime");

    @RegisterExtension
    static final QuarkusCodestartTest CODESTART = Published.codestart(EXTENSION);

    @Test
    void descriptorSaysWhatTheToolsShow() {
        assertThat(EXTENSION.getName()).isEqualTo("ImSession");
        assertThat(EXTENSION.getMetadata()).containsEntry("short-name", "imsession").containsEntry("unlisted", false)
                .containsEntry("guide", "https://docs.quarkiverse.io/quarkus-imsession/dev/")
                .containsEntry("categories", List.of("web", "data", "security"))
                .containsEntry("config", List.of("quarkus.imsession."));
        assertThat(EXTENSION.getMetadata().get("icon-url").toString()).endsWith("/docs/modules/ROOT/assets/images/icon.svg");
        assertThat(Path.of("../docs/modules/ROOT/assets/images/icon.svg")).exists();
        assertThat(EXTENSION.getMetadata().get("codestart").toString()).contains(
                "io.quarkiverse.imsession:quarkus-imsession:codestarts:jar:" + EXTENSION.getArtifact().getVersion());
    }

    @Test
    void applicationHasAResourceAndATestInThePackageOfTheProject() throws Throwable {
        assertThat(content("src/main/java/ilove/quark/us/VisitResource.java")).startsWith("package ilove.quark.us;");
        assertThat(content("src/test/java/ilove/quark/us/VisitResourceTest.java")).startsWith("package ilove.quark.us;");
        assertThat(content("src/test/java/ilove/quark/us/VisitResourceIT.java")).startsWith("package ilove.quark.us;");
    }

    @Test
    void applicationHasItsDependenciesItsRedisAndItsInstructions() throws Throwable {
        assertThat(content("pom.xml")).containsPattern("<artifactId>quarkus-imsession</artifactId>\\s*<version>"
                + EXTENSION.getArtifact().getVersion() + "</version>");
        assertThat(content("pom.xml")).contains("<artifactId>quarkus-rest</artifactId>",
                "<artifactId>rest-assured</artifactId>");
        assertThat(content("src/main/resources/application.properties"))
                .contains("%prod.quarkus.redis.hosts=redis://localhost:6379");
        assertThat(content("README.md")).contains("ImSession", "curl -c cookies -b cookies localhost:8080/visits/login");
    }

    private static String content(String file) throws Throwable {
        return Published.content(CODESTART, file);
    }
}
