package io.quarkiverse.imsession.it.browser;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;

/** A browser writes its cookies to disk up to half a minute late: if it is killed before that, it comes back with old ones. */
@Tag("full")
@Chromium.Required
@QuarkusTest
@TestProfile(KilledBrowserTest.Profile.class)
class KilledBrowserTest {

    private static final String COOKIE = "connsid";

    @Test
    void browserThatIsKilledRightAfterATimedRenewalStaysLoggedInAndIsNoThief() throws Exception {
        Path profile = Files.createTempDirectory("browser");
        String app = Site.http("app.test");
        String before;
        try (Browser browser = Browser.start(profile)) {
            browser.open(app).submit("login", "ada");
            browser.awaitText("user", "ada");
            before = browser.cookie(COOKIE);
        }
        Map<Path, byte[]> disk = cookiesOn(profile);

        Browser killed = Browser.start(profile);
        killed.open(app).awaitText("user", "ada");
        // On a slow machine the first page has a new token already: one more page might have the next.
        Browser.patiently().until(() -> !killed.cookie(COOKIE).equals(before)
                || !killed.open(app).cookie(COOKIE).equals(before));
        String lost = killed.cookie(COOKIE);
        killed.kill();
        // As it would be anyhow, unless this machine was so slow that the browser has written them.
        for (Path file : cookiesOn(profile).keySet()) {
            Files.delete(file);
        }
        for (Map.Entry<Path, byte[]> file : disk.entrySet()) {
            Files.write(file.getKey(), file.getValue());
        }

        try (Browser browser = Browser.start(profile)) {
            assertThat(browser.cookie(COOKIE)).isEqualTo(before);
            browser.open(app);
            assertThat(browser.text("user")).isEqualTo("ada");
            browser.submit("note", "still here");
            browser.awaitText("notes", "still here");
            assertThat(browser.cookie(COOKIE)).isNotEqualTo(lost);
        }
        assertThat(rejections()).doesNotContain("REPLAYED", "SUPERSEDED", "WRONG_SECRET");
    }

    /** Observers are told a little later, so this waits for an event that comes last. */
    private static String rejections() {
        given().cookie(COOKIE, "garbage").get("/").then().statusCode(200);
        return Browser.patiently().until(() -> given().get("/seen/rejections").asString(), seen -> seen.contains("MALFORMED"));
    }

    private static Map<Path, byte[]> cookiesOn(Path profile) throws IOException {
        try (Stream<Path> files = Files.walk(profile)) {
            List<Path> found = files.filter(file -> file.getFileName().toString().startsWith("Cookies")).toList();
            assertThat(found).isNotEmpty();
            return found.stream().collect(Collectors.toMap(file -> file, KilledBrowserTest::read));
        }
    }

    private static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Tokens are replaced each second. */
    public static class Profile extends SiteProfile {

        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("quarkus.imsession.renewal.interval", "1S");
        }
    }
}
