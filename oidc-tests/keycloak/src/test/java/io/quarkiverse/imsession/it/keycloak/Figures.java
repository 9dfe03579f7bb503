package io.quarkiverse.imsession.it.keycloak;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * What was measured of an application, as a part of the documentation.
 *
 * @param cookieBytes what the browser sends in its cookies with each request
 * @param openToThieves how many instances a copy of the cookies opens after the log-out
 * @param knownAfterNotice how many instances know the user after the provider has sent its notice
 * @param refreshes how often the provider was asked for new tokens by {@link Burst#REQUESTS} parallel requests
 * @param answered how many of them were answered with the page
 * @param burstMillis how long that took
 * @param noticeMillis how long it took from the click of the administrator until both instances had answered the next request
 */
record Figures(String name, int cookies, int cookieBytes, int openToThieves, int knownAfterNotice, int refreshes, int answered,
        long burstMillis, long noticeMillis) {

    static void write(List<Figures> figures, Keycloak keycloak, Path file) throws IOException {
        StringBuilder text = new StringBuilder();
        line(text, "// Written by `./mvnw verify -Pkeycloak`. Do not edit.");
        line(text, "[cols=\"3,5*>2\",options=\"header\"]");
        line(text, "|===");
        line(text, "| | Bytes in cookies | Instances that a copy of them opens after the log-out"
                + " | Instances that know the user after the notice of the provider"
                + " | Refreshes at the provider | Requests answered with the page");
        figures.stream().sorted(Comparator.comparingInt(Figures::cookieBytes)).forEach(row -> {
            line(text, "");
            line(text, "| " + row.name);
            line(text, String.format(Locale.ROOT, "| %,d in %d", row.cookieBytes, row.cookies));
            line(text, String.format(Locale.ROOT, "| %d of 2 | %d of 2", row.openToThieves, row.knownAfterNotice));
            line(text, String.format(Locale.ROOT, "| %d | %d of %d", row.refreshes, row.answered, Burst.REQUESTS));
        });
        line(text, "|===");
        line(text, "");
        line(text, String.format(Locale.ROOT,
                "Keycloak %s, two instances of each application, %d cores for all, Java %s; %d parallel requests with an expired ID token, half of"
                        + " them to each instance; a refresh token works once.",
                Keycloak.version(), Runtime.getRuntime().availableProcessors(), Runtime.version(), Burst.REQUESTS));
        line(text, "");
        figures.forEach(row -> line(text, String.format(Locale.ROOT,
                "* %s: the burst took %d ms. The administrator logged the user out, and both instances answered the next request,"
                        + " within %d ms.",
                row.name, row.burstMillis, row.noticeMillis)));
        Files.writeString(file, text);
    }

    private static void line(StringBuilder text, String line) {
        text.append(line).append('\n');
    }
}
