package io.quarkiverse.imsession.deployment;

import static io.restassured.RestAssured.given;

import java.util.List;

import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;

/** A client that sends the session cookie that it is told to, and nothing else on its own. */
final class Client {

    static final String COOKIE = "connsid";

    private Client() {
    }

    /** @param token the session cookie, or null for none */
    static Response get(String path, String token) {
        return request(token).get(path);
    }

    static RequestSpecification request(String token) {
        RequestSpecification request = given().redirects().follow(false);
        return token == null ? request : request.header("Cookie", COOKIE + "=" + token);
    }

    /** Makes a session with one field and gives its token. */
    static String login(String name, String value) {
        Response response = get("/set?" + name + "=" + value, null);
        response.then().statusCode(200);
        return token(response);
    }

    /** The token in the only session cookie of a response. */
    static String token(Response response) {
        List<String> cookies = response.headers().getValues("Set-Cookie");
        if (cookies.size() != 1 || !cookies.get(0).startsWith(COOKIE + "=")) {
            throw new AssertionError("Not exactly one session cookie but " + cookies.size());
        }
        return cookies.get(0).substring(COOKIE.length() + 1, cookies.get(0).indexOf(';'));
    }
}
