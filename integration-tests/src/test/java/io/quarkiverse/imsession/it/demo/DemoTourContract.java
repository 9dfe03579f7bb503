package io.quarkiverse.imsession.it.demo;

import java.io.IOException;

import org.junit.jupiter.api.Test;

import io.quarkiverse.imsession.test.Transcript;
import io.restassured.RestAssured;

/** The page "A tour of the demo". */
abstract class DemoTourContract {

    @Test
    void whatThePageShowsInAShellIsWhatHappens() throws IOException, InterruptedException {
        Transcript.assertRunsAsShown("demo.adoc", RestAssured.port);
    }
}
