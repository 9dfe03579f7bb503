package io.quarkiverse.imsession.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;

/** The pom.xml of the start page. */
class StartPomTest {

    private static final Pattern PLUGIN = Pattern.compile("<plugin>(.*?)</plugin>", Pattern.DOTALL);

    /** Each Maven has default versions of its own: that of the compiler of Maven 3.8 does not know of releases of Java. */
    @Test
    void versionsOfPluginsDoNotDependOnTheMavenOfTheReader() throws IOException {
        try (InputStream pom = StartPomTest.class.getResourceAsStream("/start/pom.xml")) {
            String text = new String(pom.readAllBytes(), StandardCharsets.UTF_8);
            assertThat(text).contains("<artifactId>maven-compiler-plugin</artifactId>");
            assertThat(PLUGIN.matcher(text).results()).isNotEmpty()
                    .allSatisfy(plugin -> assertThat(plugin.group(1)).contains("<version>"));
        }
    }
}
