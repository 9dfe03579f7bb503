package io.quarkiverse.imsession.deployment;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import jakarta.enterprise.event.ObservesAsync;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.imsession.SessionEvent.NewClient;
import io.quarkiverse.imsession.SessionEvent.Rejected;
import io.quarkiverse.imsession.SessionId;
import io.quarkiverse.imsession.docs.NewClientMails;
import io.quarkiverse.imsession.runtime.session.Attributes;
import io.quarkiverse.imsession.spi.SessionStore;
import io.quarkus.mailer.Mail;
import io.quarkus.mailer.MockMailbox;
import io.restassured.RestAssured;

/** The code of the page "Notices", and what the link of its mail does, below a root path and without the page of devices. */
class NewClientMailsTest extends DevicesContract {

    /** How many events wait that strangers can cause. */
    private static final int WAITING = 1000;
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final Pattern LINK = Pattern.compile("https://shop\\.example\\.org(/\\S+\\?link=\\S+)");

    @RegisterExtension
    static final TestApp APP = TestApp
            .of(DevicesResource.class, DevicesContract.class, NewClientMails.class, Told.class, Audit.class)
            .config("quarkus.imsession.security.enabled", "true")
            .config("quarkus.imsession.client.record-user-agent", "true")
            .config("quarkus.imsession.notices.enabled", "true")
            .config("quarkus.imsession.acting.roles", "support")
            .config("quarkus.imsession.csrf.mode", "both")
            .config("quarkus.http.auth.permission.account.paths", "/account/*")
            .config("quarkus.http.auth.permission.account.policy", "authenticated")
            .config("quarkus.mailer.mock", "true")
            .config("shop.address", "https://shop.example.org");

    @Inject
    MockMailbox mailbox;

    @Inject
    Told told;

    @Inject
    Audit audit;

    @Inject
    SessionStore store;

    @Test
    void userGetsOneMailAnHourWhoseLinkEndsTheSession() {
        enterFirst("ada");
        Client.token(given().header("User-Agent", "curl/8.5.0").post("/enter?user=ada"));
        List<Mail> mails = await().until(() -> mailbox.getMailsSentTo("ada@example.org"), sent -> !sent.isEmpty());
        assertThat(mails).singleElement().extracting(Mail::getText).asString().contains("curl/8.5.0");
        // Another one is rate-limited; that of bob, who is told later, shows that ada has not got it.
        Client.token(given().header("User-Agent", "Wget/1.21").post("/enter?user=ada"));
        enterFirst("bob");
        Client.token(given().header("User-Agent", "Wget/1.21").post("/enter?user=bob"));
        await().until(() -> !mailbox.getMailsSentTo("bob@example.org").isEmpty());
        assertThat(mailbox.getMailsSentTo("ada@example.org")).hasSize(1);

        Matcher link = LINK.matcher(mails.get(0).getText());
        assertThat(link.find()).isTrue();
        String path = link.group(1);
        for (int i = 0; i < 2; i++) {
            given().urlEncodingEnabled(false).get(path).then().statusCode(200).body(containsString("ada has logged in"),
                    containsString("curl"), containsString("<form method=\"post\" action=\"not-me?link="));
        }
        given().header("Sec-Fetch-Site", "cross-site").urlEncodingEnabled(false).post(path).then().statusCode(403);
        given().header("Sec-Fetch-Site", "same-origin").urlEncodingEnabled(false).post(path).then().statusCode(200)
                .body(containsString("That device was logged out.")).header("Cache-Control", equalTo("no-store"));
        given().urlEncodingEnabled(false).get(path).then().statusCode(404).body(containsString("does not hold any more"));
        given().urlEncodingEnabled(false).post(path).then().statusCode(404);
        given().get("/account/not-me/style.css").then().statusCode(200);
        // The policy of the application guards what is beside it.
        given().get("/account/other").then().statusCode(401);
    }

    @Test
    void strangersWithManyRefusedTokensKeepNobodyFromBeingTold() throws Exception {
        enterFirst("eve");
        audit.mayGoOn = new CountDownLatch(1);
        try {
            sendRefusedTokens(1 + WAITING + 100);
            SessionId id = new SessionId(id(Client.token(given().header("User-Agent", "curl/8.5.0").post("/enter?user=eve"))));
            await().atMost(PATIENCE)
                    .until(() -> store.load(id).toCompletableFuture().join().attributes().containsKey(Attributes.NOTICE));
            audit.mayGoOn.countDown();
            await().atMost(PATIENCE).until(() -> told.stream().anyMatch(login -> login.id().equals(id)));
        } finally {
            audit.mayGoOn.countDown();
        }
    }

    @Test
    void clientOfWhoActsForAUserIsNoneOfTheUser() {
        enterFirst("ben");
        String sue = Client.token(given().header("User-Agent", "curl/8.5.0").post("/enter/support?user=sue"));
        String csrf = Client.get("/enter/csrf", sue).asString();
        Client.token(ownPage(sue).header("X-CSRF-Token", csrf).header("User-Agent", "curl/8.5.0").post("/enter/for?user=ben"));
        String ben = Client.token(given().header("User-Agent", "curl/8.5.0").post("/enter?user=ben"));
        await().atMost(PATIENCE).until(() -> told.stream().anyMatch(login -> login.id().value().equals(id(ben))));
    }

    private static void sendRefusedTokens(int times) throws IOException {
        String request = "GET / HTTP/1.1\r\nHost: localhost\r\nCookie: connsid=stolen\r\n";
        try (Socket socket = new Socket("localhost", RestAssured.port)) {
            socket.getOutputStream()
                    .write(((request + "\r\n").repeat(times - 1) + request + "Connection: close\r\n\r\n").getBytes(US_ASCII));
            assertThat(new String(socket.getInputStream().readAllBytes(), US_ASCII).split("HTTP/1.1 404")).hasSize(times + 1);
        }
    }

    private void enterFirst(String user) {
        enter(user);
        await().until(() -> told.stream().anyMatch(login -> login.principal().equals(user) && login.first()));
    }

    /** Takes its time for refused tokens. */
    @Singleton
    static final class Audit {

        volatile CountDownLatch mayGoOn = new CountDownLatch(0);

        void refused(@ObservesAsync Rejected token) throws InterruptedException {
            mayGoOn.await();
        }
    }

    /** Keeps what is told. */
    @Singleton
    static final class Told extends CopyOnWriteArrayList<NewClient> {

        private static final long serialVersionUID = 1L;

        void keep(@ObservesAsync NewClient login) {
            add(login);
        }
    }
}
