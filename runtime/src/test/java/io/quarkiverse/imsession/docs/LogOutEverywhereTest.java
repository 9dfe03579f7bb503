package io.quarkiverse.imsession.docs;

import java.io.IOException;

import org.junit.jupiter.api.Test;

import io.quarkiverse.imsession.test.DocumentedCode;

class LogOutEverywhereTest {

    @Test
    void codeOfThePageIsCodeThatCompiles() throws IOException {
        DocumentedCode.assertIsCompiled("log-out-everywhere.adoc",
                "src/test/java/io/quarkiverse/imsession/docs/LogOutEverywhere.java");
    }
}
