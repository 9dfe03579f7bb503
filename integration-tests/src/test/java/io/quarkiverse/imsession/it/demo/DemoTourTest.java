package io.quarkiverse.imsession.it.demo;

import java.io.IOException;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.quarkiverse.imsession.test.Transcript;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;

/** The page "A tour of the demo". */
@Tag("packaged")
@QuarkusTest
class DemoTourTest {

    @Test
    void whatThePageShowsInAShellIsWhatHappens() throws IOException, InterruptedException {
        Transcript.assertRunsAsShown("demo.adoc", RestAssured.port);
    }
}
