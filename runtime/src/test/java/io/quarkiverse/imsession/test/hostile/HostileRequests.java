package io.quarkiverse.imsession.test.hostile;

import java.util.ArrayList;
import java.util.List;

import io.quarkiverse.imsession.test.hostile.HostileRequest.Header;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/** Requests with anything in the places that the extension looks at. */
public final class HostileRequests {

    private static final Header HOST = new Header("Host", "localhost");

    private final List<String> knownTokens;
    private final List<String> paths;
    private final boolean anywhere;

    /**
     * @param knownTokens tokens of sessions that exist
     * @param paths where requests go, and below which
     * @param anywhere whether they also go elsewhere, which may be other software
     */
    public HostileRequests(List<String> knownTokens, List<String> paths, boolean anywhere) {
        this.knownTokens = knownTokens;
        this.paths = paths;
        this.anywhere = anywhere;
    }

    public Arbitrary<HostileRequest> requests() {
        Arbitrary<List<Header>> headers = header().list().ofMinSize(1).ofMaxSize(4).map(others -> {
            List<Header> all = new ArrayList<>(List.of(HOST));
            all.addAll(others);
            return all;
        });
        Arbitrary<String> method = Arbitraries.frequency(Tuple.of(10, "GET"), Tuple.of(10, "POST"), Tuple.of(1, "PUT"),
                Tuple.of(1, "DELETE"), Tuple.of(1, "OPTIONS"), Tuple.of(1, "get"), Tuple.of(1, "BREW"));
        return Combinators.combine(method, path(), headers, body())
                .as((verb, path, all, body) -> new HostileRequest(verb, path, all, verb.equals("GET") ? "" : body));
    }

    private Arbitrary<String> path() {
        Arbitrary<String> wrong = Arbitraries.oneOf(
                Arbitraries.of("%", "%zz", "%00", "%2e%2e%2f", "%c0%af", "//", "/./", ";connsid=x", "?",
                        "?connsid=%",
                        "?a&b=&=c", "#", "/\\", "%25%32%65", "\u00e4", "*", ":", "?" + "a=1&".repeat(200)),
                HostileTexts.visible(30).map(text -> "/" + text.replace(' ', '+')),
                Arbitraries.of("/a".repeat(900), "/" + "x".repeat(5000)));
        Arbitrary<String> below = Combinators.combine(Arbitraries.of(paths), wrong).as(String::concat);
        if (!anywhere) {
            return Arbitraries.frequencyOf(Tuple.of(12, Arbitraries.of(paths)), Tuple.of(1, below));
        }
        return Arbitraries.frequencyOf(Tuple.of(12, Arbitraries.of(paths)), Tuple.of(1, below),
                Tuple.of(1, Arbitraries.of("/../../..", "/..", "/%2e%2e/")),
                Tuple.of(1, wrong.map(text -> text.startsWith("/") ? text : "/" + text)));
    }

    private Arbitrary<Header> header() {
        return Arbitraries.frequencyOf(Tuple.of(8, named("Cookie", cookies())),
                Tuple.of(4, named("Authorization", authorization())),
                Tuple.of(2, named("Origin", origin())), Tuple.of(2, named("Sec-Fetch-Site", sites())),
                Tuple.of(2, named("X-CSRF-Token", csrfToken())), Tuple.of(2, named("Content-Type", contentType())),
                Tuple.of(1, named("User-Agent", any())), Tuple.of(1, named("X-Forwarded-For", any())),
                Tuple.of(1, named("Forwarded", any())), Tuple.of(1, named("X-Forwarded-Proto", any())),
                Tuple.of(1,
                        named("Upgrade",
                                Arbitraries.oneOf(Arbitraries.of("websocket", "WebSocket, foo"), HostileTexts.visible(20)))),
                Tuple.of(1, named("Accept", any())), Tuple.of(1, Arbitraries.just(new Header("Expect", "100-continue"))));
    }

    private static Arbitrary<Header> named(String name, Arbitrary<String> values) {
        // A line break would begin another header.
        return values.map(value -> new Header(name, value.replace('\r', ' ').replace('\n', ' ')));
    }

    /** Mostly what a server accepts: what it does not, ends the connection before anybody sees it. */
    private static Arbitrary<String> any() {
        return Arbitraries.frequencyOf(Tuple.of(6, HostileTexts.visible(60)), Tuple.of(2, HostileTexts.unicode(30)),
                Tuple.of(2, HostileTexts.odd()), Tuple.of(1, HostileTexts.bytes(60)), Tuple.of(1, HostileTexts.huge(6000)));
    }

    private Arbitrary<String> token() {
        return HostileTexts.token(knownTokens);
    }

    private Arbitrary<String> cookies() {
        Arbitrary<String> name = Arbitraries.frequencyOf(Tuple.of(10, Arbitraries.just("connsid")),
                Tuple.of(3,
                        Arbitraries.of("CONNSID", "connsid2", "xconnsid", "connsid ", " connsid", "", "$Version",
                                "__Host-connsid",
                                "connsid\u00a0", "conn", "connsid=connsid")),
                Tuple.of(1, HostileTexts.visible(10)));
        Arbitrary<String> pair = Combinators.combine(name, Arbitraries.of("=", "=", "=", "=", " = ", "", "=="), token(),
                Arbitraries.of("", "", "", "\"", " ")).as((n, equals, value, quote) -> n + equals + quote + value + quote);
        Arbitrary<String> many = Combinators.combine(pair, Arbitraries.integers().between(2, 400))
                .as((one, count) -> (one + "; ").repeat(Math.max(1, Math.min(count, 8000 / (one.length() + 2)))));
        Arbitrary<String> few = Combinators
                .combine(pair.list().ofMinSize(1).ofMaxSize(4), Arbitraries.of("; ", ";", ",", " ;\t", ";;"))
                .as((pairs, separator) -> String.join(separator, pairs));
        return Arbitraries.frequencyOf(Tuple.of(20, few), Tuple.of(1, many), Tuple.of(1, any()));
    }

    private Arbitrary<String> authorization() {
        Arbitrary<String> scheme = Arbitraries
                .oneOf(Arbitraries.of("Bearer ", "bearer ", "BEARER  ", "Bearer", "Bearer\t", "Basic ", "",
                        "Bearer Bearer "), HostileTexts.visible(10));
        return Combinators.combine(scheme, token()).as(String::concat);
    }

    private static Arbitrary<String> origin() {
        Arbitrary<String> like = Combinators.combine(Arbitraries.of("http", "https", "HTTP", "chrome-extension", ""),
                Arbitraries.of("://", ":", "//", ":///"),
                Arbitraries.oneOf(Arbitraries.of("localhost", "LOCALHOST", "[::1]", "[::", "a@localhost",
                        "localhost.", "\u00e4.example"), HostileTexts.visible(20)),
                Arbitraries.of("", ":80", ":0", ":99999", ":-1", ":80:80", "/", ":00080"))
                .as((scheme, slashes, host, rest) -> scheme + slashes + host + rest);
        return Arbitraries.oneOf(like, HostileTexts.damaged(like), Arbitraries.of("null", "http://localhost"), any());
    }

    private static Arbitrary<String> sites() {
        return Arbitraries.oneOf(
                Arbitraries.of("same-origin", "same-site", "cross-site", "none", "Same-Origin", "same-origin,none", ""), any());
    }

    private static Arbitrary<String> csrfToken() {
        Arbitrary<String> base64 = Arbitraries.strings().withChars("ABCxyz019-_").ofMinLength(80).ofMaxLength(90);
        return Arbitraries.oneOf(base64, HostileTexts.damaged(base64), any(), HostileTexts.huge(6000));
    }

    private static Arbitrary<String> contentType() {
        Arbitrary<String> like = Arbitraries.of("application/x-www-form-urlencoded",
                "application/x-www-form-urlencoded; charset=utf-7",
                "application/x-www-form-urlencoded; charset=\"", "APPLICATION/X-WWW-FORM-URLENCODED",
                "application/x-www-form-urlencodedx", "multipart/form-data", "multipart/form-data; boundary=",
                "multipart/form-data; boundary=b",
                "multipart/form-data; boundary=\"b\"", "multipart/form-data; boundary=b; charset=x-none",
                "multipart/form-data; boundary=" + "b".repeat(200),
                "application/json", "text/plain");
        return Arbitraries.frequencyOf(Tuple.of(6, like), Tuple.of(2, HostileTexts.damaged(like)), Tuple.of(1, any()));
    }

    private static Arbitrary<String> body() {
        Arbitrary<String> value = Arbitraries.oneOf(csrfToken(), HostileTexts.bytes(60), HostileTexts.odd());
        Arbitrary<String> form = Combinators
                .combine(Arbitraries.of("csrf-token", "csrf-token", "text", "csrf%2Dtoken", "%", "", "csrf-token=csrf-token"),
                        Arbitraries.of("=", "=", "", "=="), value)
                .as((name, equals, text) -> name + equals + text).list().ofMaxSize(4).map(fields -> String.join("&", fields));
        Arbitrary<String> part = Combinators.combine(
                Arbitraries.of("\r\n", "\n", ""),
                Arbitraries.of("form-data; name=\"csrf-token\"", "form-data; name=csrf-token; filename=\"a\"",
                        "form-data; name=\"", "form-data", "form-data; name*=x-none''%zz",
                        "form-data; filename*=utf-8''%ff; name=a", "attachment", ""),
                Arbitraries.of("", "Content-Type: text/plain; charset=x-none", "Content-Transfer-Encoding: 7bit",
                        "Content-Transfer-Encoding: odd",
                        "Content-Length: -1", "Content-Length: 99999999999999999999",
                        "Content-Type: multipart/mixed; boundary=c", "Content-Type: multipart/mixed", ":"),
                value)
                .as((line, disposition, more, text) -> "--b" + line + "Content-Disposition: " + disposition + line
                        + (more.isEmpty() ? "" : more + line) + line + text + line);
        Arbitrary<String> parts = Combinators.combine(part.list().ofMaxSize(3), Arbitraries.of("--b--", "--b--\r\n", "", "--b"))
                .as((all, end) -> String.join("", all) + end);
        Arbitrary<String> many = Combinators.combine(
                Arbitraries.of("a=1&", "&", "=", "%", "csrf-token=a&", "--b\r\n", "\r\n", "-", "a",
                        "--b\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n"),
                Arbitraries.integers().between(0, 100_000)).as((unit, length) -> unit.repeat(length / unit.length()));
        return Arbitraries.frequencyOf(Tuple.of(6, Arbitraries.just("")), Tuple.of(6, form), Tuple.of(4, parts),
                Tuple.of(3, HostileTexts.damaged(parts)),
                Tuple.of(1, HostileTexts.bytes(300)), Tuple.of(1, many), Tuple.of(1, HostileJson.texts()));
    }
}
