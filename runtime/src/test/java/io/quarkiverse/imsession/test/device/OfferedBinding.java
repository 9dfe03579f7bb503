package io.quarkiverse.imsession.test.device;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.quarkiverse.imsession.test.Visitor;

/** The offer of a response to a log-in of any mechanism, which a browser accepts without cookies, as after OpenID Connect. */
public final class OfferedBinding {

    private static final Pattern OFFER = Pattern
            .compile("\\(ES256 RS256\\);path=\"([^\"]+)\";challenge=\"([^\"]+)\";authorization=\"([^\"]+)\"");

    private OfferedBinding() {
    }

    public static boolean isIn(HttpResponse<?> logIn) {
        return logIn.headers().firstValue("Secure-Session-Registration").isPresent();
    }

    /** Accepts the offer of a response. Afterwards the visitor has the bound cookie. */
    public static HttpResponse<String> accept(HttpResponse<?> logIn, Visitor visitor) throws Exception {
        String header = logIn.headers().firstValue("Secure-Session-Registration").orElseThrow();
        Matcher offer = OFFER.matcher(header);
        if (!offer.matches()) {
            throw new AssertionError("A browser does not understand " + header);
        }
        URI path = logIn.uri().resolve(offer.group(1));
        HttpResponse<String> registered = HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(path).POST(HttpRequest.BodyPublishers.noBody())
                        .header("Secure-Session-Response",
                                '"' + SoftwareKey.p256().registration(offer.group(2), offer.group(3)) + '"')
                        .build(), HttpResponse.BodyHandlers.ofString());
        visitor.keep(registered);
        return registered;
    }

    /** Somebody who has copied the session cookie alone. */
    public static Visitor thief(Visitor visitor, String application) {
        Visitor thief = visitor.at(application);
        thief.cookies().keySet().removeIf(name -> name.endsWith("-bound"));
        return thief;
    }
}
