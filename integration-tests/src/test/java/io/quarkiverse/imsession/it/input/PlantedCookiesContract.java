package io.quarkiverse.imsession.it.input;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import io.quarkiverse.imsession.it.input.Visitor.Answer;

/**
 * A host of the same domain plants cookies of the name. A log-in always gets through, garbage disturbs nobody, and the session
 * of an attacker is never taken for that of the visitor.
 */
abstract class PlantedCookiesContract {

    private static final String READ = "/races/read";
    private static final String UNKNOWN = "A".repeat(22) + "." + "B".repeat(32);

    /** Runs a request and asserts how many commands the store saw, if it can be looked into. */
    abstract void assertStoreCommands(int most, BadTokensContract.ThrowingRunnable request) throws Exception;

    /** Values that are worth nothing, however many cookies they come in. */
    static Stream<Arguments> garbage() {
        return Stream.of(
                planted("garbage", List.of("x")),
                planted("nothing", List.of("")),
                planted("an unknown token", List.of(UNKNOWN)),
                planted("two unknown tokens", List.of(UNKNOWN, "C" + UNKNOWN.substring(1))),
                planted("quotes", List.of('"' + UNKNOWN + '"')),
                planted("spaces", List.of(" " + UNKNOWN + " x ")),
                planted("five cookies", IntStream.range(0, 5).mapToObj(i -> "x" + i).toList()),
                planted("a hundred cookies", IntStream.range(0, 100).mapToObj(i -> "garbage" + i).toList()),
                planted("another cookie of the value", List.of("connsid=" + UNKNOWN)));
    }

    private static Arguments planted(String name, List<String> values) {
        return Arguments.of(name, values);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("garbage")
    void garbageDisturbsNoSessionOfAClientThatGoesOnSendingIt(String name, List<String> values) throws Exception {
        String own = newSession();
        int tokens = 1 + (int) values.stream().filter(value -> value.strip().length() == UNKNOWN.length()).count();
        for (List<String> headers : headers(values, own)) {
            assertStoreCommands(tokens, () -> assertThat(Visitor.post(READ, headers).hasSession()).as("%s", headers).isTrue());
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("garbage")
    void logInGetsThroughForAClientThatGoesOnSendingGarbage(String name, List<String> values) throws Exception {
        for (List<String> headers : headers(values, "dead")) {
            Answer login = Visitor.post("/races/login?value=ada", headers);
            assertThat(login.status()).isEqualTo(200);
            String token = login.token();
            for (List<String> later : headers(values, token)) {
                assertThat(Visitor.post(READ, later).body()).contains("\"principal\":\"ada\"");
            }
        }
    }

    /** Before and after the own cookie, in one header and in two. */
    private static List<List<String>> headers(List<String> planted, String own) {
        String all = "connsid=" + String.join("; connsid=", planted);
        String last = "connsid=" + own;
        return List.of(List.of(all + "; " + last), List.of(last + "; " + all), List.of(all, last), List.of(last, all),
                List.of(last + ";" + all.replace("; ", ";")), List.of("a=b; " + all + ";   " + last + " ; c=d"));
    }

    static Stream<Arguments> attacks() {
        return Stream.of(
                attack("garbage", session -> "x"),
                attack("an unknown token", session -> UNKNOWN),
                attack("a token of the attacker's own session", session -> session),
                attack("a token with another secret", session -> session.substring(0, 23) + "C".repeat(session.length() - 23)),
                attack("a token of a session that has ended", PlantedCookiesContract::ended));
    }

    private static Arguments attack(String name, Function<String, String> value) {
        return Arguments.of(name, value);
    }

    private static String ended(String token) {
        try {
            Visitor.post("/races/destroy", List.of("connsid=" + token));
            return token;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("attacks")
    void logInGetsThroughAndTheBrowserForgetsWhatWasPlanted(String name, Function<String, String> value) throws Exception {
        for (Visitor visitor : victims(value)) {
            visitor.post("/races/login?value=ada");
            assertThat(visitor.count()).isEqualTo(1);
            assertThat(visitor.post(READ).body()).contains("\"principal\":\"ada\"");
            // Nothing is ambiguous any more, so nothing is removed.
            assertThat(visitor.post(READ).cookies()).isEmpty();
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("attacks")
    void sessionOfTheVisitorIsBackAtOnce(String name, Function<String, String> value) throws Exception {
        for (Visitor visitor : victims(value)) {
            visitor.plant(null, "/", newSession("visitor"));
            Answer first = visitor.post(READ);
            assertThat(first.cacheControl()).containsExactly("no-store");
            assertThat(first.body()).doesNotContain("attacker");
            assertThat(visitor.count()).isEqualTo(1);
            assertThat(visitor.post(READ).body()).contains("\"field\":\"visitor\"");
        }
    }

    private static List<Visitor> victims(Function<String, String> value) throws IOException {
        List<Visitor> victims = new ArrayList<>();
        for (Visitor.Place place : List.of(new Visitor.Place("example.test", "/"), new Visitor.Place(Visitor.HOST, "/"),
                new Visitor.Place("example.test", "/races"), new Visitor.Place(Visitor.HOST, "/races/"),
                new Visitor.Place(null, "/races"), new Visitor.Place(null, "/races/"))) {
            // Two, as a single cookie that is the attacker's own session cannot be told from the visitor's.
            victims.add(new Visitor().plant(place.domain(), place.path(), value.apply(newSession("attacker"))).plant(null, "/",
                    UNKNOWN.replace('A', 'D')));
        }
        Visitor everywhere = new Visitor().plant(null, "/", "old");
        for (Visitor.Place place : List.of(new Visitor.Place("example.test", "/"), new Visitor.Place(Visitor.HOST, "/races"),
                new Visitor.Place("example.test", "/races/"))) {
            everywhere.plant(place.domain(), place.path(), value.apply(newSession("attacker")));
        }
        victims.add(everywhere);
        return victims;
    }

    @Test
    void changeThatMeetsPlantedCookiesCostsNobodyTheirSession() throws Exception {
        for (boolean valid : new boolean[] { true, false }) {
            String own = newSession("visitor");
            Visitor visitor = new Visitor().plant(null, "/", own);
            for (Visitor.Place place : List.of(new Visitor.Place("example.test", "/"),
                    new Visitor.Place(Visitor.HOST, "/races"),
                    new Visitor.Place("example.test", "/races/"), new Visitor.Place(null, "/races"))) {
                String unknown = UNKNOWN.substring(0, UNKNOWN.length() - 1) + (char) ('C' + visitor.count());
                visitor.plant(place.domain(), place.path(), valid ? newSession("attacker") : unknown);
            }
            // A token that this server has not signed is no token.
            assertThat(visitor.post("/races/set?value=changed").status()).isIn(valid ? List.of(409) : List.of(409, 200));
            assertThat(visitor.post("/races/set?value=again").status()).isEqualTo(200);
            assertThat(visitor.post(READ).body()).contains("\"field\":\"again\"", own.substring(0, own.indexOf('.')));
        }
    }

    @Test
    void noneOfSeveralValidSessionsIsUsedOrChanged() throws Exception {
        String attacker = newSession("attacker");
        String visitor = newSession("visitor");
        for (List<String> headers : headers(List.of(attacker), visitor)) {
            assertThat(Visitor.post(READ, headers).body()).contains("\"exists\":false").doesNotContain("attacker", "visitor");
            for (String change : List.of("/races/destroy", "/races/set?value=secret")) {
                Answer refused = Visitor.post(change, headers);
                assertThat(refused.status()).isEqualTo(409);
                assertThat(refused.token()).isNull();
            }
            String made = Visitor.post("/races/login?value=eve", headers).token();
            assertThat(made.substring(0, 22)).isNotIn(attacker.substring(0, 22), visitor.substring(0, 22));
        }
        assertThat(read(attacker)).contains("\"field\":\"attacker\"");
        assertThat(read(visitor)).contains("\"field\":\"visitor\"");
    }

    @Test
    void visitorWhoseSessionHasEndedDoesNotGetThatOfTheAttackerIntoTheOwnCookie() throws Exception {
        Visitor visitor = new Visitor().plant(null, "/", ended(newSession())).plant("example.test", "/",
                newSession("attacker"));
        visitor.post(READ);
        assertThat(visitor.post(READ).hasSession()).isFalse();
    }

    @Test
    void sameCookieTwiceIsNotAmbiguous() throws Exception {
        String own = newSession();
        for (List<String> headers : headers(List.of(own, own), own)) {
            Answer answer = Visitor.post(READ, headers);
            assertThat(answer.hasSession()).isTrue();
            assertThat(answer.cookies()).isEmpty();
            assertThat(answer.cacheControl()).isEmpty();
        }
    }

    @Test
    void singleWrongCookieIsLeftAlone() throws Exception {
        for (String value : List.of("", "x", UNKNOWN)) {
            assertThat(Visitor.post(READ, List.of("connsid=" + value)).cookies()).isEmpty();
        }
    }

    @Test
    void errorsAlsoTellTheBrowserToForget() throws Exception {
        for (Map.Entry<String, Integer> error : Map.of("/nowhere", 405, "/races/nonsense", 500).entrySet()) {
            Visitor visitor = new Visitor().plant(null, "/", newSession("visitor")).plant("example.test", "/", "x");
            assertThat(visitor.post(error.getKey()).status()).isEqualTo(error.getValue());
            assertThat(visitor.count()).isEqualTo(1);
        }
    }

    @Test
    void removalsAreFewAndNeverTakeTheOwnCookie() throws Exception {
        String own = newSession();
        for (String path : List.of(READ, "/races/" + "a/".repeat(50), "/" + "b".repeat(2_000), "/a;b/c", "//x/../y",
                "/%2e%2e/z")) {
            Answer answer = Visitor.post(path, List.of("connsid=x; connsid=" + own));
            assertThat(answer.cookies()).isNotEmpty().hasSizeLessThanOrEqualTo(32)
                    .allMatch(cookie -> cookie.startsWith("connsid=; Max-Age=0; Path=/"))
                    .noneMatch(cookie -> cookie.contains("Path=/;") && !cookie.contains("Domain="));
            assertThat(answer.cookies().stream().mapToInt(String::length).sum()).isLessThan(4_096);
        }
    }

    private static String read(String token) throws IOException {
        return Visitor.post(READ, List.of("connsid=" + token)).body();
    }

    private static String newSession() throws IOException {
        return newSession("1");
    }

    private static String newSession(String value) throws IOException {
        return Visitor.post("/races/set?value=" + value, List.of()).token();
    }
}
