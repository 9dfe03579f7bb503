package io.quarkiverse.imsession.it.races;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import io.quarkiverse.imsession.it.Client;

/** What holds when requests of one session overlap. Gates in the application order them, so nothing here depends on luck. */
abstract class RacesContract {

    private static final int PARALLEL = 20;
    /** The most data that a session may have by default, in bytes. */
    private static final int MAX_SIZE = 64 * 1024;

    private static final Pattern FLASH = Pattern.compile("\"flash\":\"([^\"]*)\"");

    private final Client client = new Client();

    /** Asserts that the store keeps no session of this test, if it can be looked into. */
    abstract void assertNothingIsLeft(String token);

    @Test
    void parallelRequestsThatChangeDifferentFieldsLoseNone() {
        String token = newSession();
        Slow[] slow = new Slow[PARALLEL];
        String gate = newGate();
        for (int i = 0; i < PARALLEL; i++) {
            slow[i] = start("set", gate, "&field=f" + i + "&value=" + i, token);
        }
        awaitArrived(gate, PARALLEL);
        open(gate);
        for (Slow request : slow) {
            assertThat(request.response().statusCode()).isEqualTo(200);
        }
        String data = read(token).body();
        for (int i = 0; i < PARALLEL; i++) {
            assertThat(data).contains("\"f" + i + "\":\"" + i + "\"");
        }
    }

    @Test
    void logOutDuringASlowChangeLeavesNothing() {
        String token = newSession();
        Slow slow = startAndAwait("set", token);
        assertThat(post("destroy", token).statusCode()).isEqualTo(200);

        HttpResponse<String> late = slow.finish();
        assertThat(late.statusCode()).isEqualTo(409);
        assertThat(Client.token(late)).isEmpty();
        assertIsOver(token);
    }

    @Test
    void logOutDuringASlowReadLeavesNothing() {
        String token = newSession();
        Slow slow = startAndAwait("read", token);
        post("destroy", token);

        HttpResponse<String> late = slow.finish();
        assertThat(late.statusCode()).isEqualTo(200);
        assertThat(Client.token(late)).isEmpty();
        assertIsOver(token);
    }

    @Test
    void logOutDuringASlowRenewalLeavesNothing() {
        String token = newSession();
        Slow slow = startAndAwait("renew", token);
        post("destroy", token);

        HttpResponse<String> late = slow.finish();
        assertThat(late.statusCode()).isEqualTo(409);
        assertThat(Client.token(late)).isEmpty();
        assertIsOver(token);
    }

    @Test
    void slowLogOutDuringAChangeLeavesNothing() {
        String token = newSession();
        Slow slow = startAndAwait("destroy", token);
        assertThat(post("set", token).statusCode()).isEqualTo(200);

        HttpResponse<String> late = slow.finish();
        assertThat(late.statusCode()).isEqualTo(200);
        assertThat(Client.token(late)).contains("");
        assertIsOver(token);
    }

    @Test
    void slowLogOutDuringARenewalEndsNothing() {
        String token = newSession();
        Slow slow = startAndAwait("destroy", token);
        String renewed = Client.token(post("renew", token)).orElseThrow();

        HttpResponse<String> late = slow.finish();
        assertThat(late.statusCode()).isEqualTo(409);
        assertThat(Client.token(late)).as("the cookie of the new token stays").isEmpty();
        assertThat(exists(renewed)).isTrue();
    }

    @Test
    void parallelChangesTogetherPassNoLimitAndLoseNoSession() {
        String token = newSession();
        // As much as the line of a request holds; all of them are twice as large as a session may be.
        String value = "x".repeat(3000);
        int most = MAX_SIZE / value.length();
        Slow[] slow = new Slow[2 * most];
        String gate = newGate();
        for (int i = 0; i < slow.length; i++) {
            slow[i] = start("set", gate, "&field=f" + i + "&value=" + value, token);
        }
        awaitArrived(gate, slow.length);
        open(gate);
        int stored = 0;
        for (Slow request : slow) {
            int status = request.response().statusCode();
            assertThat(status).isIn(200, 409);
            stored += status == 200 ? 1 : 0;
        }
        assertThat(stored).isBetween(most - 1, most);
        String data = read(token).body();
        assertThat(data).contains("\"exists\":true");
        assertThat(data.split(value, -1)).as("what was acknowledged is there").hasSize(stored + 1);
    }

    @Test
    void twoLogOutsAtOnceBothSucceed() {
        String token = newSession();
        Slow slow = startAndAwait("destroy", token);
        assertThat(post("destroy", token).statusCode()).isEqualTo(200);
        assertThat(slow.finish().statusCode()).isEqualTo(200);
        assertIsOver(token);
    }

    @Test
    void changeWithATokenThatWasRenewedMeanwhileIsRefused() {
        String token = newSession();
        Slow slow = startAndAwait("set", token);
        String renewed = Client.token(post("renew", token)).orElseThrow();

        HttpResponse<String> late = slow.finish();
        assertThat(late.statusCode()).isEqualTo(409);
        assertThat(Client.token(late)).isEmpty();
        assertThat(exists(renewed)).isTrue();
        assertThat(read(renewed).body()).doesNotContain("\"field\"");
        assertThat(exists(token)).isFalse();
    }

    @Test
    void readWithATokenThatIsRenewedMeanwhileIsAnsweredAndSendsNoToken() {
        String token = newSession();
        Slow slow = startAndAwait("read", token);
        post("renew", token);

        HttpResponse<String> late = slow.finish();
        assertThat(late.statusCode()).isEqualTo(200);
        assertThat(Client.token(late)).isEmpty();
    }

    @Test
    void ofTwoRenewalsAtOnceOneWins() {
        String token = newSession();
        Slow slow = startAndAwait("renew", token);
        String renewed = Client.token(post("renew", token)).orElseThrow();

        HttpResponse<String> late = slow.finish();
        assertThat(late.statusCode()).isEqualTo(409);
        assertThat(Client.token(late)).isEmpty();
        assertThat(exists(renewed)).isTrue();
    }

    @Test
    void logInDuringALogOutMakesAnotherSession() {
        String token = newSession();
        Slow slow = startAndAwait("destroy", token);
        String other = newSession();
        slow.finish();
        assertThat(exists(other)).isTrue();
        assertThat(exists(token)).isFalse();
    }

    @Test
    void slowRequestThatReadsNoFlashValueLosesNoneAndBringsNoneBack() {
        String token = newSession();
        post("flash", token);
        Slow before = startAndAwait("read", token);
        assertThat(before.finish().statusCode()).isEqualTo(200);
        Slow after = startAndAwait("set", token);
        assertThat(flash(token)).isEqualTo("1");
        assertThat(after.finish().statusCode()).isEqualTo(200);
        assertThat(flash(token)).isEmpty();
    }

    @Test
    void flashValueThatIsPutWhileAPageReadsTheOneBeforeIsForTheNextPage() {
        String token = newSession();
        post("flash", token);
        Slow page = startAndAwait("read-flash", token);
        client.post("/races/flash?value=2", token);
        assertThat(flash(page.finish())).isEqualTo("1");
        assertThat(flash(token)).isEqualTo("2");
        assertThat(flash(token)).isEmpty();
    }

    @Test
    void pagesThatReadAFlashValueAtOnceMayBothShowItAndNoLaterOneDoes() {
        String token = newSession();
        post("flash", token);
        Slow page = startAndAwait("read-flash", token);
        assertThat(flash(token)).isEqualTo("1");
        assertThat(flash(page.finish())).isEqualTo("1");
        assertThat(flash(token)).isEmpty();
    }

    @Test
    void parallelRequestsThatPutFlashValuesLoseNone() {
        String token = newSession();
        String gate = newGate();
        Slow[] slow = new Slow[10];
        for (int i = 0; i < slow.length; i++) {
            slow[i] = start("flash", gate, "&field=f" + i + "&value=" + i, token);
        }
        awaitArrived(gate, slow.length);
        open(gate);
        for (Slow request : slow) {
            assertThat(request.response().statusCode()).isEqualTo(200);
        }
        for (int i = 0; i < slow.length; i++) {
            assertThat(flash(client.post("/races/read-flash?field=f" + i, token))).isEqualTo(Integer.toString(i));
        }
    }

    @Test
    void pageThatReadsAFlashValueIsAnsweredThoughItsTokenIsRenewedMeanwhile() {
        String token = newSession();
        post("flash", token);
        Slow page = startAndAwait("read-flash", token);
        String renewed = Client.token(post("renew", token)).orElseThrow();

        HttpResponse<String> late = page.finish();
        assertThat(late.statusCode()).isEqualTo(200);
        assertThat(flash(late)).isEqualTo("1");
        assertThat(Client.token(late)).isEmpty();
        assertThat(flash(renewed)).as("what could not be removed stays").isEqualTo("1");
    }

    private String flash(String token) {
        return flash(post("read-flash", token));
    }

    private static String flash(HttpResponse<String> page) {
        Matcher value = FLASH.matcher(page.body());
        assertThat(value.find()).as(page.body()).isTrue();
        return value.group(1);
    }

    private String newSession() {
        return Client.token(client.post("/races/set?field=user&value=Ada", null)).orElseThrow();
    }

    private HttpResponse<String> read(String token) {
        return client.post("/races/read", token);
    }

    private HttpResponse<String> post(String operation, String token) {
        return client.post("/races/" + operation, token);
    }

    private boolean exists(String token) {
        return read(token).body().contains("\"exists\":true");
    }

    private void assertIsOver(String token) {
        assertThat(exists(token)).isFalse();
        assertNothingIsLeft(token);
    }

    private Slow startAndAwait(String operation, String token) {
        String gate = newGate();
        Slow slow = start(operation, gate, "", token);
        awaitArrived(gate, 1);
        return slow;
    }

    private Slow start(String operation, String gate, String more, String token) {
        return new Slow(gate, client.postAsync("/races/" + operation + "?gate=" + gate + more, token));
    }

    private void awaitArrived(String gate, int requests) {
        Awaitility.await().until(() -> client.get("/races/gates/" + gate, null).body().equals(Integer.toString(requests)));
    }

    private void open(String gate) {
        client.post("/races/gates/" + gate + "/open", null);
    }

    private static String newGate() {
        return UUID.randomUUID().toString();
    }

    /** A request that waits at a gate. */
    private final class Slow {

        private final String gate;
        private final CompletableFuture<HttpResponse<String>> response;

        Slow(String gate, CompletableFuture<HttpResponse<String>> response) {
            this.gate = gate;
            this.response = response;
        }

        HttpResponse<String> finish() {
            open(gate);
            return response();
        }

        HttpResponse<String> response() {
            return response.join();
        }
    }
}
