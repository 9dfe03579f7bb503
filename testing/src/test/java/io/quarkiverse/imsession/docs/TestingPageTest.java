package io.quarkiverse.imsession.docs;

import java.io.IOException;

import org.junit.jupiter.api.Test;

import io.quarkiverse.imsession.test.DocumentedCode;

/** The page of testing shows what is tested here. */
class TestingPageTest {

    private static final String SAMPLES = "src/test/java/io/quarkiverse/imsession/docs/";

    @Test
    void thePageShowsThisCode() throws IOException {
        DocumentedCode.assertIsCompiled("testing.adoc", SAMPLES + "CartTest.java", SAMPLES + "MapSessionStoreTest.java",
                SAMPLES + "MapSessionStore.java");
    }
}
