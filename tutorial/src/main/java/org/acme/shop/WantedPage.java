package org.acme.shop;

import java.net.URI;
import java.util.Optional;
import java.util.regex.Pattern;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

import io.quarkiverse.imsession.ImSession;

/** The page that a visitor asked for before they were sent to the log-in. */
@ApplicationScoped
public class WantedPage {

    private static final Pattern PATH = Pattern.compile("(/[\\w-]+)+");

    record Wanted(Optional<String> wanted) {
    }

    @Inject
    ImSession session;

    void remember(String path) {
        if (PATH.matcher(path).matches()) { // <1>
            session.update(Wanted.class, before -> new Wanted(Optional.of(path)));
        }
    }

    /** The shop if there is none. */
    URI orShop() {
        return URI.create(session.as(Wanted.class).wanted().orElse("/"));
    }

    void forget() {
        session.update(Wanted.class, before -> new Wanted(Optional.empty()));
    }
}
