package io.quarkiverse.imsession.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.imsession.SessionId;
import io.quarkiverse.imsession.spi.SessionToken;
import io.quarkiverse.imsession.test.LongHashes;
import io.quarkiverse.imsession.test.RespClient;
import io.quarkiverse.imsession.test.TokenAge;

/** Clients whose sessions an earlier version has stored, with all 43 characters of the hashes of their tokens. */
class LongHashesTest {

    private static final Duration DUE = Duration.ofHours(17);
    private static final Duration AFTER_GRACE = Duration.ofMinutes(2);

    @RegisterExtension
    static final TestApp APP = TestApp.of(Routes.class).redis();

    @Test
    void clientKeepsItsSessionAndTheFirstChangeMakesTheHashShort() {
        String token = login();
        assertThat(meta(token)).matches("\\S{43} .*");
        Client.get("/read", token).then().body(equalTo("{name=anna}"));
        assertThat(meta(token)).as("after reading").matches("\\S{43} .*");
        Client.get("/update?name=bert", token).then().statusCode(200).body(equalTo("{name=bert}"));
        assertThat(meta(token)).matches("\\S{22} .*");
        Client.get("/read", token).then().body(equalTo("{name=bert}"));
    }

    @Test
    void anotherSecretIsNoSession() {
        String token = login();
        String wrong = token.substring(0, SessionId.LENGTH + 1) + "A".repeat(32);
        Client.get("/read", wrong).then().body(equalTo("no session"));
    }

    @Test
    void renewalKillsTheOldToken() {
        String token = login();
        String next = Client.token(Client.get("/renew", token));
        lengthen(token);
        Client.get("/read", token).then().body(equalTo("no session"));
        Client.get("/set?name=carl", token).then().statusCode(409);
        Client.get("/read", next).then().body(equalTo("{name=anna}"));
    }

    @Test
    void replacedTokenIsValidInItsGracePeriodAndAReplayLater() {
        String token = login();
        raise(token, DUE);
        String next = Client.token(Client.get("/read", token));
        lengthen(token);
        Client.get("/update?name=bert", token).then().statusCode(200).body(equalTo("{name=bert}"));
        raise(token, AFTER_GRACE);
        Client.get("/update?name=carl", next).then().statusCode(200).body(equalTo("{name=carl}"));
        lengthen(token);
        Client.get("/read", token).then().body(equalTo("no session"));
        Client.get("/read", next).then().body(equalTo("{name=carl}"));
    }

    @Test
    void tokenWhoseSuccessorWasLostIsReplacedOnceMore() {
        String token = login();
        raise(token, DUE);
        String lost = Client.token(Client.get("/read", token));
        raise(token, AFTER_GRACE);
        String next = Client.token(Client.get("/read", token));
        assertThat(next).isNotIn(token, lost);
        lengthen(token);
        Client.get("/read", next).then().body(equalTo("{name=anna}"));
    }

    @Test
    void logOutEndsTheSession() {
        String token = login();
        Client.get("/destroy", token).then().statusCode(200);
        assertThat(meta(token)).isNull();
        Client.get("/read", token).then().body(equalTo("no session"));
    }

    @Test
    void anotherSessionInItsPlaceIsNotOverwritten() {
        String token = login();
        String other = Client.token(Client.get("/replace?name=dora", token));
        lengthen(token);
        Client.get("/set?name=carl", token).then().statusCode(409);
        Client.get("/read", other).then().body(equalTo("{name=dora}"));
    }

    private static String login() {
        String token = Client.login("name", "anna");
        lengthen(token);
        return token;
    }

    private static void lengthen(String token) {
        LongHashes.store(port(), key(token));
    }

    private static void raise(String token, Duration by) {
        TokenAge.raise(uri(), token, by);
        lengthen(token);
    }

    private static String meta(String token) {
        try (RespClient redis = new RespClient(port(), StandardCharsets.UTF_8)) {
            return (String) redis.command("HGET", key(token), "@meta");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String key(String token) {
        return "imsession:{" + SessionToken.tryParse(token).id() + '}';
    }

    private static int port() {
        return URI.create(uri()).getPort();
    }

    private static String uri() {
        return ConfigProvider.getConfig().getValue("quarkus.redis.hosts", String.class);
    }
}
