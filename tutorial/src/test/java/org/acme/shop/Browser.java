package org.acme.shop;

import static io.restassured.RestAssured.given;

import io.restassured.filter.cookie.CookieFilter;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;

/** Keeps the cookie, and sends the token of the page with its forms. */
class Browser {

    private final CookieFilter cookies = new CookieFilter();

    Response get(String path) {
        return request().get(path);
    }

    /** Sends a form of a page. */
    Response post(String page, String action, String... fields) {
        String token = get(page).htmlPath().getString("**.find { it.@name == 'csrf-token' }.@value");
        return form(fields).formParam("csrf-token", token).post(action);
    }

    Response postWithoutToken(String action, String... fields) {
        return form(fields).post(action);
    }

    private RequestSpecification form(String... fields) {
        RequestSpecification form = request();
        for (int i = 0; i < fields.length; i += 2) {
            form.formParam(fields[i], fields[i + 1]);
        }
        return form;
    }

    private RequestSpecification request() {
        return given().filter(cookies).redirects().follow(false);
    }
}
