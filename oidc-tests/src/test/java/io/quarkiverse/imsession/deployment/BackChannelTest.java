package io.quarkiverse.imsession.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import jakarta.inject.Inject;

import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.imsession.ImSessions;
import io.quarkiverse.imsession.SessionData;
import io.quarkiverse.imsession.runtime.oidc.OidcReferences;
import io.quarkiverse.imsession.runtime.session.GuardedStore;
import io.quarkiverse.imsession.spi.Expiry;
import io.quarkiverse.imsession.spi.NewSession;
import io.quarkiverse.imsession.spi.SessionToken;
import io.quarkiverse.imsession.test.TestProvider;
import io.quarkiverse.imsession.test.Visitor;

class BackChannelTest extends OidcContract {

    private static final String PATH = "/back-channel-logout";

    @RegisterExtension
    static final TestApp APP = app().config("quarkus.imsession.exclude-paths", PATH);

    @Inject
    ImSessions sessions;

    @Inject
    GuardedStore store;

    @Test
    void sessionOfTheProviderEndsAndOthersOfTheUserStay() {
        tell("sid", "s1");
        Visitor first = loggedIn("ada");
        tell("sid", "s2");
        Visitor second = loggedIn("ada");
        HttpResponse<String> answer = send(token("sid=%22s1%22&sub=%22sub-ada%22"));
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
        assertThat(first.get("/user").statusCode()).isEqualTo(302);
        assertThat(first.get("/data").body()).isEqualTo("{}");
        assertThat(second.get("/user").statusCode()).isEqualTo(200);
    }

    @Test
    void allSessionsOfTheUserEndIfTheTokenNamesNoSession() {
        List<Visitor> visitors = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            visitors.add(loggedIn("ada"));
        }
        Visitor bob = loggedIn("bob");
        assertThat(send(token("sub=%22sub-ada%22")).statusCode()).isEqualTo(200);
        visitors.forEach(visitor -> assertThat(visitor.get("/user").statusCode()).isEqualTo(302));
        assertThat(bob.get("/user").statusCode()).isEqualTo(200);
    }

    @Test
    void aThousandSessionsOfAUserEndBeforeTheAnswer() {
        String reference = OidcReferences.of(provider(), "sub-carl");
        for (int i = 0; i < 1000; i++) {
            SessionToken token = SessionToken.generate(new SecureRandom());
            store.create(token.id(), new NewSession(token.hash(), SessionData.of("oidc.sub", reference),
                    new Expiry(Duration.ofHours(1), null, null))).toCompletableFuture().join();
        }
        assertThat(sessions.count("oidc.sub", reference)).isEqualTo(1000);
        assertThat(send(token("sub=%22sub-carl%22")).statusCode()).isEqualTo(200);
        assertThat(sessions.count("oidc.sub", reference)).isZero();
    }

    @Test
    void unknownSessionIsNoError() {
        assertThat(send(token("sid=%22never%22")).statusCode()).isEqualTo(200);
    }

    @Test
    void tokenIsAcceptedOnce() {
        String token = token("sub=%22sub-ada%22");
        assertThat(send(token).statusCode()).isEqualTo(200);
        Visitor ada = loggedIn("ada");
        assertThat(send(token).statusCode()).isEqualTo(400);
        assertThat(ada.get("/user").statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = { "iss=%22https://other%22", "iss=", "aud=%22other%22", "aud=", "nonce=%22n%22", "events=",
            "events=%22x%22", "events={%22other%22:{}}", "exp=1000", "exp=", "iat=1000", "iat=9999999999", "iat=", "jti=",
            "sub=",
            "sub=7", "alg=none", "key=forged", "key=unknown" })
    void tokenThatIsNotRightEndsNothing(String change) {
        Visitor ada = loggedIn("ada");
        String changes = change.startsWith("sub=") ? change : "sub=%22sub-ada%22&" + change;
        assertThat(send(token(changes.replace("{", "%7B").replace("}", "%7D"))).statusCode()).isEqualTo(400);
        assertThat(ada.get("/user").statusCode()).isEqualTo(200);
    }

    @Test
    void tokenSignedByTheSecretOfTheClientOrByNobodyEndsNothing() {
        for (String token : List.of("", "x", "a.b.c", "..", "%00")) {
            assertThat(send(token).statusCode()).as(token).isEqualTo(400);
        }
    }

    @Test
    void idTokenIsNoLogoutToken() {
        Visitor ada = loggedIn("ada");
        assertThat(send(ada.get("/access").body()).statusCode()).isEqualTo(400);
        assertThat(ada.get("/user").statusCode()).isEqualTo(200);
    }

    @Test
    void formThatIsNotRightIsRefused() {
        assertThat(visitor().post(PATH, "").statusCode()).isEqualTo(400);
        assertThat(visitor().post(PATH, "a=b").statusCode()).isEqualTo(400);
        String token = token("sub=%22sub-ada%22");
        assertThat(visitor().post(PATH, "logout_token=" + token + "&logout_token=" + token).statusCode()).isEqualTo(400);
        assertThat(visitor().get(PATH).statusCode()).isEqualTo(405);
    }

    @Test
    void bodyThatIsTooLargeIsRefusedWithoutBeingRead() throws Exception {
        assertThat(raw("Content-Length: 1000000", "logout_token=")).startsWith("HTTP/1.1 400 ").contains("onnection: close");
        assertThat(visitor().post(PATH, "logout_token=" + "x".repeat(1024 * 1024)).statusCode()).isEqualTo(400);
        String chunk = "4000\r\n" + "x".repeat(0x4000) + "\r\n";
        assertThat(raw("Transfer-Encoding: chunked", chunk + chunk)).startsWith("HTTP/1.1 400 ");
    }

    private static String raw(String header, String body) throws Exception {
        int port = ConfigProvider.getConfig().getValue("quarkus.http.test-port", Integer.class);
        try (Socket socket = new Socket("localhost", port)) {
            OutputStream out = socket.getOutputStream();
            out.write(("POST " + PATH + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\n"
                    + header + "\r\n\r\n" + body).getBytes(StandardCharsets.ISO_8859_1));
            out.flush();
            byte[] answer = new byte[1000];
            int length = socket.getInputStream().read(answer);
            return new String(answer, 0, Math.max(0, length), StandardCharsets.ISO_8859_1);
        }
    }

    @Test
    void aHundredTokensThatAreNotRightAreAllRefused() {
        for (int i = 0; i < 100; i++) {
            assertThat(send("a" + i + ".b.c").statusCode()).isEqualTo(400);
        }
        assertThat(send(token("sub=%22sub-ada%22")).statusCode()).isEqualTo(200);
    }

    @Test
    void aHundredTokensAtOnceEndWhatTheyName() {
        List<Visitor> visitors = new ArrayList<>();
        List<CompletableFuture<Integer>> answers = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            tell("sid", "of-many-" + i);
            visitors.add(loggedIn("ada"));
        }
        tell("sid", "of-bob");
        Visitor bob = loggedIn("bob");
        for (int i = 0; i < 100; i++) {
            String token = token(i < 10 ? "sid=%22of-many-" + i + "%22" : "sid=%22never%22");
            String sent = isForged(i) ? token.substring(0, token.length() - 10) + "AAAAAAAAAA" : token;
            answers.add(CompletableFuture.supplyAsync(() -> send(sent).statusCode()));
        }
        for (int i = 0; i < 100; i++) {
            assertThat(answers.get(i).join()).isEqualTo(isForged(i) ? 400 : 200);
        }
        visitors.forEach(visitor -> assertThat(visitor.get("/user").statusCode()).isEqualTo(302));
        assertThat(bob.get("/user").statusCode()).isEqualTo(200);
    }

    private static boolean isForged(int i) {
        return i >= 10 && i % 2 == 1;
    }

    @Test
    void frontChannelEndsTheSessionOfTheProviderWithoutACookie() {
        tell("sid", "s5");
        Visitor ada = loggedIn("ada");
        assertThat(visitor().get("/front-channel-logout?iss=https://other&sid=s5").statusCode()).isEqualTo(400);
        assertThat(ada.get("/user").statusCode()).isEqualTo(200);
        HttpResponse<String> out = visitor().get("/front-channel-logout?sid=s5&iss=" + provider());
        assertThat(out.statusCode()).isEqualTo(200);
        assertThat(out.headers().firstValue("Cache-Control")).contains("no-store");
        assertThat(ada.get("/user").statusCode()).isEqualTo(302);
    }

    @Test
    void frontChannelEndsTheSessionOfTheRequest() {
        Visitor ada = loggedIn("ada");
        String cookie = ada.cookies().get("connsid");
        ada.get("/front-channel-logout");
        Visitor stolen = visitor();
        stolen.cookies().put("connsid", cookie);
        assertThat(stolen.get("/user").statusCode()).isEqualTo(302);
        assertThat(stolen.get("/data").body()).isEqualTo("{}");
    }

    private static String token(String claims) {
        return TestProvider.logoutToken(provider(), claims);
    }

    private static HttpResponse<String> send(String token) {
        return visitor().post(PATH, "logout_token=" + token);
    }
}
