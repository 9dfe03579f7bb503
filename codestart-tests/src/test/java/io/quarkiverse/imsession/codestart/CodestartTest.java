package io.quarkiverse.imsession.codestart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkus.devtools.codestarts.quarkus.QuarkusCodestartCatalog;
import io.quarkus.devtools.codestarts.quarkus.QuarkusCodestartCatalog.Language;
import io.quarkus.devtools.messagewriter.MessageWriter;
import io.quarkus.devtools.project.CodestartResourceLoadersBuilder;
import io.quarkus.devtools.testing.codestarts.QuarkusCodestartTest;
import io.quarkus.platform.descriptor.loader.json.ResourceLoader;
import io.quarkus.platform.descriptor.loader.json.ResourceLoaders;
import io.quarkus.registry.catalog.Extension;
import io.quarkus.registry.catalog.ExtensionCatalog;

/** The application that the tools of Quarkus make of the published descriptor and the published codestart. */
class CodestartTest {

    private static final Path RUNTIME = Path.of("../runtime/target");
    private static final Extension EXTENSION = extension();
    private static final ExtensionCatalog CATALOG = ExtensionCatalog.builder().setQuarkusCoreVersion(quarkusVersion())
            .addExtension(EXTENSION).build();

    @RegisterExtension
    static final QuarkusCodestartTest CODESTART = QuarkusCodestartTest.builder().languages(Language.JAVA)
            .extensionCatalog(CATALOG).quarkusCodestartCatalog(codestarts())
            .extension(EXTENSION.getArtifact()).build();

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
        Path[] found = new Path[1];
        CODESTART.assertThatGeneratedFile(Language.JAVA, file).exists().satisfies(path -> found[0] = path);
        return Files.readString(found[0]);
    }

    private static Extension extension() {
        try {
            return Extension.fromFile(RUNTIME.resolve("classes/META-INF/quarkus-extension.yaml"));
        } catch (IOException e) {
            throw new IllegalStateException("Build the runtime first", e);
        }
    }

    private static String quarkusVersion() {
        return EXTENSION.getMetadata().get("built-with-quarkus-core").toString();
    }

    private static QuarkusCodestartCatalog codestarts() {
        try {
            List<ResourceLoader> loaders = new ArrayList<>(
                    CodestartResourceLoadersBuilder.getCodestartResourceLoaders(MessageWriter.info()));
            Path jar = RUNTIME.resolve("quarkus-imsession-" + EXTENSION.getArtifact().getVersion() + "-codestarts.jar");
            loaders.add(ResourceLoaders.resolveFileResourceLoader(jar.toFile()));
            return QuarkusCodestartCatalog.fromExtensionsCatalog(CATALOG, loaders);
        } catch (IOException e) {
            throw new IllegalStateException("Build the runtime first", e);
        }
    }
}
