package io.quarkiverse.imsession.it.keycloak;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.quarkiverse.imsession.test.Visitor;

/** A user with a browser, which has cookies of an application and others of Keycloak. */
final class User {

    private static final Pattern FORM = Pattern.compile("<form[^>]* action=\"([^\"]+)\"");

    private final String name;
    private final String password;
    private final Application application;
    private final Visitor visitor;
    private final Visitor keycloak;

    private User(Landscape landscape, Application application, String name, String password) {
        this.name = name;
        this.password = password;
        this.application = application;
        this.visitor = new Visitor(application.uri());
        this.keycloak = new Visitor(landscape.keycloak.uri());
    }

    static User ada(Landscape landscape, Application application) {
        return new User(landscape, application, "ada", "lovelace");
    }

    static User bob(Landscape landscape, Application application) {
        return new User(landscape, application, "bob", "builder");
    }

    /** Opens a page that may need a log-in. */
    HttpResponse<String> open(String path) {
        return goOn(visitor.get(path));
    }

    /** Follows redirects, and logs in if Keycloak asks for that. The answer is the page where that ends. */
    HttpResponse<String> goOn(HttpResponse<String> response) {
        HttpResponse<String> page = response;
        for (int i = 0; i < 10 && page.statusCode() == 302; i++) {
            String location = location(page);
            page = location.startsWith(application.uri()) ? visitor.get(location) : atKeycloak(location);
        }
        return page;
    }

    private HttpResponse<String> atKeycloak(String location) {
        HttpResponse<String> page = keycloak.get(location);
        if (page.statusCode() != 200) {
            return page;
        }
        Matcher form = FORM.matcher(page.body());
        assertThat(form.find()).as(page.body()).isTrue();
        // Who is asked again is not asked for the name.
        return keycloak.post(form.group(1).replace("&amp;", "&"), "username=" + name + "&password="
                + URLEncoder.encode(password, StandardCharsets.UTF_8) + "&credentialId=");
    }

    User logIn() {
        assertThat(open("/orders").body()).isEqualTo("Orders of " + name);
        return this;
    }

    /** Follows one redirect to Keycloak. */
    HttpResponse<String> follow(HttpResponse<String> response) {
        return keycloak.get(location(response));
    }

    static String location(HttpResponse<String> response) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(302);
        return response.headers().firstValue("Location").orElseThrow();
    }

    Visitor visitor() {
        return visitor;
    }

    /** The browser of the user, at each of the instances. */
    List<Visitor> everywhere() {
        return application.instances().map(visitor::at).toList();
    }

    /** Whether each of the instances knows the user. */
    Stream<Boolean> known() {
        return everywhere().stream().map(there -> there.get("/").body().equals(name));
    }

    /** The bytes that the browser sends in its cookies with each request. */
    int cookieBytes() {
        return visitor.cookies().entrySet().stream()
                .mapToInt(cookie -> cookie.getKey().length() + 1 + cookie.getValue().length() + 2).sum() - 2;
    }
}
