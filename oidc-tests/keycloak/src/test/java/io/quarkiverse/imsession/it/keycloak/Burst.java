package io.quarkiverse.imsession.it.keycloak;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.quarkiverse.imsession.test.Visitor;

/**
 * What becomes of parallel requests of one browser, as a page with many parts sends them.
 *
 * @param ok how many were answered with the page
 * @param millis how long the last one took
 */
record Burst(int ok, long millis) {

    static final int REQUESTS = 50;

    /** Sends them to all instances. */
    static Burst of(User user) {
        List<Visitor> everywhere = user.everywhere();
        List<CompletableFuture<HttpResponse<String>>> responses = new ArrayList<>();
        long begun = System.nanoTime();
        for (int i = 0; i < REQUESTS; i++) {
            responses.add(everywhere.get(i % everywhere.size()).getLater("/orders"));
        }
        int ok = (int) responses.stream().filter(response -> response.join().statusCode() == 200).count();
        return new Burst(ok, (System.nanoTime() - begun) / 1_000_000);
    }
}
