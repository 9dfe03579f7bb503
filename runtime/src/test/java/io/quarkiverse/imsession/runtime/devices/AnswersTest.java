package io.quarkiverse.imsession.runtime.devices;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnswersTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", value = { "- | -", "/theme.css | -",
            "https://cdn.example.org/theme.css | https://cdn.example.org",
            "http://localhost:3000/a/b.css?c | http://localhost:3000" })
    void stylesComeFromTheApplicationAndFromWhereItSays(String stylesheet, String origin) {
        String policy = Answers.policyOfContent(Optional.ofNullable(stylesheet));
        assertThat(policy).startsWith("default-src 'self'; ").doesNotContain("unsafe");
        if (origin == null) {
            assertThat(policy).doesNotContain("style-src");
        } else {
            assertThat(policy).endsWith("; style-src 'self' " + origin);
        }
    }
}
