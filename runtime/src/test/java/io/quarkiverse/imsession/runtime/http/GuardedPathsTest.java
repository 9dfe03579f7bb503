package io.quarkiverse.imsession.runtime.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GuardedPathsTest {

    @ParameterizedTest
    @CsvSource({ "/*, /*", "/a, /a", "/a/*, /a/*", "/a*, /*", "/a/b*/c, /a/*", "a, /app/a", "a/*, /app/a/*", "*, /app/*" })
    void pathOfAPolicyIsAPatternThatHasAllOfIt(String path, String pattern) {
        assertThat(GuardedPaths.pattern(path, "/app/")).isEqualTo(pattern);
    }
}
