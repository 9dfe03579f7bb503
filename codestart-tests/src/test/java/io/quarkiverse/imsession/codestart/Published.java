package io.quarkiverse.imsession.codestart;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import io.quarkus.devtools.codestarts.quarkus.QuarkusCodestartCatalog;
import io.quarkus.devtools.codestarts.quarkus.QuarkusCodestartCatalog.Language;
import io.quarkus.devtools.messagewriter.MessageWriter;
import io.quarkus.devtools.project.CodestartResourceLoadersBuilder;
import io.quarkus.devtools.testing.codestarts.QuarkusCodestartTest;
import io.quarkus.platform.descriptor.loader.json.ResourceLoader;
import io.quarkus.platform.descriptor.loader.json.ResourceLoaders;
import io.quarkus.registry.catalog.Extension;
import io.quarkus.registry.catalog.ExtensionCatalog;

/** What is published of extensions for the tools of Quarkus. */
final class Published {

    private Published() {
    }

    /** The published descriptor of an extension. */
    static Extension extension(String module) {
        try {
            return Extension.fromFile(Path.of(module, "target/classes/META-INF/quarkus-extension.yaml"));
        } catch (IOException e) {
            throw new IllegalStateException("Build " + module + " first", e);
        }
    }

    /** The application that the tools make for an extension, of the published codestart. */
    static QuarkusCodestartTest codestart(Extension extension) {
        ExtensionCatalog catalog = ExtensionCatalog.builder()
                .setQuarkusCoreVersion(extension.getMetadata().get("built-with-quarkus-core").toString())
                .addExtension(extension).build();
        return QuarkusCodestartTest.builder().languages(Language.JAVA).extensionCatalog(catalog)
                .quarkusCodestartCatalog(codestarts(catalog, extension.getArtifact().getVersion()))
                .extension(extension.getArtifact()).build();
    }

    private static QuarkusCodestartCatalog codestarts(ExtensionCatalog catalog, String version) {
        try {
            List<ResourceLoader> loaders = new ArrayList<>(
                    CodestartResourceLoadersBuilder.getCodestartResourceLoaders(MessageWriter.info()));
            Path jar = Path.of("../runtime/target", "quarkus-imsession-" + version + "-codestarts.jar");
            loaders.add(ResourceLoaders.resolveFileResourceLoader(jar.toFile()));
            return QuarkusCodestartCatalog.fromExtensionsCatalog(catalog, loaders);
        } catch (IOException e) {
            throw new IllegalStateException("Build the runtime first", e);
        }
    }

    /** The text of a file of the application. */
    static String content(QuarkusCodestartTest codestart, String file) throws Throwable {
        Path[] found = new Path[1];
        codestart.assertThatGeneratedFile(Language.JAVA, file).exists().satisfies(path -> found[0] = path);
        return Files.readString(found[0]);
    }
}
