package io.quarkiverse.imsession.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

/** Tests that have no REST Assured can still have sessions. */
class WithoutRestAssuredTest {

    @Test
    void classesAreVerifiedWithoutRestAssured() throws Exception {
        try (URLClassLoader loader = new URLClassLoader(classpath(), ClassLoader.getPlatformClassLoader())) {
            assertThatExceptionOfType(ClassNotFoundException.class)
                    .isThrownBy(() -> loader.loadClass("io.restassured.filter.Filter"));
            for (Class<?> type : List.of(TestSession.class, TestSessions.class, WithSessionExtension.class, EndOfTest.class,
                    SessionOfTest.class, WithSession.class)) {
                assertThatCode(() -> Class.forName(type.getName(), true, loader)).as(type.getName())
                        .doesNotThrowAnyException();
            }
        }
    }

    private static URL[] classpath() throws MalformedURLException {
        String path = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        List<URL> urls = new ArrayList<>();
        for (String entry : path.split(File.pathSeparator)) {
            if (!entry.contains("rest-assured")) {
                urls.add(new File(entry).toURI().toURL());
            }
        }
        assertThat(urls).hasSizeGreaterThan(10);
        return urls.toArray(URL[]::new);
    }
}
