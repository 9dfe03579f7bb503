package io.quarkiverse.imsession.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.eclipse.microprofile.config.ConfigProvider;

import io.quarkiverse.imsession.spi.SessionStore;
import io.restassured.response.Response;

/** The settings that the documentation has for a level of NIST SP 800-63B-4. */
final class AalPreset {

    private static final Path PAGE = Path.of("../docs/modules/ROOT/pages/security.adoc");

    private AalPreset() {
    }

    /** An application with these settings, as they are on the page for production. */
    static TestApp app(int level) {
        TestApp app = TestApp.of(Routes.class, AalPreset.class);
        properties(level).forEach((name, value) -> app.config((String) name, (String) value));
        return app;
    }

    /** The store keeps a session a little longer than its client is told: that must not break the limits either. */
    static void assertWithin(Duration inactivity, Duration overall) {
        assertThat(duration("timeout").plus(SessionStore.EXPIRY_SLACK)).isLessThanOrEqualTo(inactivity);
        assertThat(duration("absolute-timeout").plus(SessionStore.EXPIRY_SLACK)).isLessThanOrEqualTo(overall);
        Response response = Client.get("/set?name=anna", null);
        response.then().statusCode(200);
        assertThat(response.header("Set-Cookie")).matches("__Host-.*; Path=/; Secure; HttpOnly; SameSite=(Lax|Strict)");
        Client.request(null).post("/read").then().statusCode(404);
        Client.request(null).header("Cookie", response.header("Set-Cookie").split(";")[0])
                .header("Sec-Fetch-Site", "cross-site")
                .post("/read").then().statusCode(403);
    }

    private static Duration duration(String name) {
        return ConfigProvider.getConfig().getValue("quarkus.imsession." + name, Duration.class);
    }

    private static Properties properties(int level) {
        Pattern block = Pattern.compile("=== AAL" + level + "\\n.*?\\[source,properties]\\n----\\n(.*?)\\n----\\n",
                Pattern.DOTALL);
        try {
            Matcher matcher = block.matcher(Files.readString(PAGE));
            assertThat(matcher.find()).isTrue();
            Properties properties = new Properties();
            properties.load(new StringReader(matcher.group(1).replace("%prod.", "")));
            return properties;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
