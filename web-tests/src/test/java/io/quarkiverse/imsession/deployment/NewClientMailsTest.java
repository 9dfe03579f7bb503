package io.quarkiverse.imsession.deployment;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import jakarta.enterprise.event.ObservesAsync;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.imsession.SessionEvent.NewClient;
import io.quarkiverse.imsession.docs.NewClientMails;
import io.quarkus.mailer.Mail;
import io.quarkus.mailer.MockMailbox;

/** The code of the page "Notices", and what the link of its mail does, below a root path and without the page of devices. */
class NewClientMailsTest extends DevicesContract {

    private static final Pattern LINK = Pattern.compile("https://shop\\.example\\.org(/\\S+\\?link=\\S+)");

    @RegisterExtension
    static final TestApp APP = TestApp.of(DevicesResource.class, DevicesContract.class, NewClientMails.class, Told.class)
            .config("quarkus.imsession.security.enabled", "true")
            .config("quarkus.imsession.client.record-user-agent", "true")
            .config("quarkus.imsession.notices.enabled", "true")
            .config("quarkus.imsession.csrf.mode", "both")
            .config("quarkus.mailer.mock", "true")
            .config("shop.address", "https://shop.example.org");

    @Inject
    MockMailbox mailbox;

    @Inject
    Told told;

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
    }

    private void enterFirst(String user) {
        enter(user);
        await().until(() -> told.stream().anyMatch(login -> login.principal().equals(user) && login.first()));
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
