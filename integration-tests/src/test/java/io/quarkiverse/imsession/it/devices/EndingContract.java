package io.quarkiverse.imsession.it.devices;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.quarkiverse.imsession.it.Client;
import io.quarkiverse.imsession.test.SocketClient;

/** What holds when sessions are ended while others begin, change, or are many. */
abstract class EndingContract extends DevicesInputContract {

    private static final int MANY = 1000;
    /** Logs in at the same time: each has a connection of its own. */
    private static final int PARALLEL = 25;

    private final Client client = new Client();

    @Test
    @Tag("full")
    void aThousandSessionsOfAUserAreEndedAtOnce() {
        DemoBrowser bob = browser().logIn("Bob");
        List<DemoBrowser> many = logIn("Ada", MANY);
        assertThat(many.stream().map(DemoBrowser::id)).doesNotHaveDuplicates();
        DemoBrowser one = many.get(MANY / 2);
        assertThat(one.page()).contains("There are more devices than are shown here");

        assertThat(ended(one.post("/api/devices/end-others"))).isEqualTo(MANY - 1);

        assertThat(alive(many)).containsExactly(one.id());
        assertThat(one.deviceIds()).containsExactly(one.id());
        assertThat(bob.deviceIds()).containsExactly(bob.id());
    }

    @Test
    void socketsCloseWhenTheirSessionIsLoggedOutOrEndedFromAnotherDevice() throws Exception {
        DemoBrowser phone = browser().logIn("Ada");
        DemoBrowser desk = browser().logIn("Ada");
        try (SocketClient onPhone = phone.presence();
                SocketClient onDesk = desk.presence();
                SocketClient alsoOnDesk = desk.presence()) {
            for (SocketClient socket : List.of(onPhone, onDesk, alsoOnDesk)) {
                assertThat(socket.receive()).isEqualTo("Hello Ada");
            }

            desk.submit("/devices/" + phone.id() + "/end");
            assertThat(onPhone.closed()).isEqualTo("1008 Session ended");
            assertThat(onDesk.ask("still here")).isEqualTo("Ada: still here");

            desk.post("/api/renew");
            assertThat(onDesk.ask("renewed")).isEqualTo("Ada: renewed");

            desk.post("/api/logout");
            assertThat(onDesk.closed()).isEqualTo("1008 Session ended");
            assertThat(alsoOnDesk.closed()).isEqualTo("1008 Session ended");
        }
    }

    @Test
    void sessionsThatBeginWhileAllAreEndedAreListedIfTheyLiveOn() {
        List<DemoBrowser> old = logIn("Ada", 200);
        List<CompletableFuture<DemoBrowser>> logIns = new ArrayList<>();
        CompletableFuture<HttpResponse<String>> ending = old.get(0).postAsync("/api/devices/end-all");
        for (int i = 0; i < PARALLEL; i++) {
            logIns.add(browser().logInAsync("Ada"));
        }
        List<DemoBrowser> fresh = all(logIns);
        assertThat(ended(ending.join())).isBetween(old.size(), old.size() + fresh.size());

        assertThat(alive(old)).isEmpty();
        DemoBrowser later = browser().logIn("Ada");
        Set<String> alive = alive(fresh);
        alive.add(later.id());
        assertThat(later.deviceIds()).containsExactlyInAnyOrderElementsOf(alive);
        assertThat(ended(later.post("/api/devices/end-all"))).isEqualTo(alive.size());
        assertThat(alive(fresh)).isEmpty();
    }

    @Test
    void aRequestUnderWayDoesNotBringAnEndedSessionBack() {
        DemoBrowser one = browser().logIn("Ada");
        DemoBrowser other = browser().logIn("Ada");
        Slow slow = new Slow("set", "&field=note&value=1", other.token());

        one.submit("/devices/end-others");

        assertThat(slow.finish().statusCode()).isEqualTo(409);
        assertThat(other.isLoggedIn()).isFalse();
        assertThat(one.deviceIds()).containsExactly(one.id());
    }

    @Test
    void aChangeOfUserUnderWayDoesNotSaveASessionOfTheOldOne() {
        DemoBrowser seven = browser().logIn("7");
        DemoBrowser moving = browser().logIn("7");
        DemoBrowser eight = browser().logIn("8");
        Slow slow = new Slow("set", "&field=principal&value=8", moving.token());

        assertThat(ended(seven.post("/api/devices/end-all"))).isEqualTo(2);

        assertThat(slow.finish().statusCode()).isEqualTo(409);
        assertThat(moving.isLoggedIn()).isFalse();
        assertThat(eight.deviceIds()).containsExactly(eight.id());
    }

    @Test
    void aLogInThatIsStoredAfterAllWereEndedCanBeEndedToo() {
        DemoBrowser one = browser().logIn("Ada");
        DemoBrowser visitor = browser();
        visitor.post("/views");
        Slow slow = new Slow("login", "&value=Ada", visitor.token());

        assertThat(ended(one.post("/api/devices/end-all"))).isEqualTo(1);

        HttpResponse<String> loggedIn = slow.finish();
        assertThat(loggedIn.statusCode()).isEqualTo(200);
        visitor.setToken(Client.token(loggedIn).orElseThrow());
        assertThat(visitor.deviceIds()).containsExactly(visitor.id());
        assertThat(ended(visitor.post("/api/devices/end-all"))).isEqualTo(1);
        assertThat(visitor.token()).isNull();
    }

    @Test
    void twoDevicesThatEndEachOtherLeaveNoneOrOne() {
        DemoBrowser one = browser().logIn("Ada");
        DemoBrowser other = browser().logIn("Ada");
        List<HttpResponse<String>> responses = all(
                List.of(one.postAsync("/api/devices/end-others"), other.postAsync("/api/devices/end-others")));
        assertThat(responses).allMatch(response -> response.statusCode() == 200 || response.statusCode() == 401);
        assertThat(alive(List.of(one, other))).hasSizeLessThanOrEqualTo(1);
    }

    private List<DemoBrowser> logIn(String user, int times) {
        List<DemoBrowser> loggedIn = new ArrayList<>();
        while (loggedIn.size() < times) {
            loggedIn.addAll(all(IntStream.range(0, Math.min(PARALLEL, times - loggedIn.size()))
                    .mapToObj(i -> browser().logInAsync(user)).toList()));
        }
        return loggedIn;
    }

    /** The ids of the browsers that have a session. */
    private static Set<String> alive(List<DemoBrowser> browsers) {
        return browsers.stream().filter(browser -> browser.token() != null && browser.isLoggedIn()).map(DemoBrowser::id)
                .collect(Collectors.toCollection(HashSet::new));
    }

    /** A request that has loaded its session and waits at a gate. */
    private final class Slow {

        private final String gate = UUID.randomUUID().toString();
        private final CompletableFuture<HttpResponse<String>> response;

        Slow(String operation, String more, String token) {
            response = client.postAsync("/races/" + operation + "?gate=" + gate + more, token);
            Awaitility.await().until(() -> client.get("/races/gates/" + gate, null).body().equals("1"));
        }

        HttpResponse<String> finish() {
            client.post("/races/gates/" + gate + "/open", null);
            return response.join();
        }
    }
}
