package org.acme.shop;

import java.util.Optional;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

import io.quarkiverse.imsession.ImSession;

/** A sentence for the next page, which shows it once. */
@ApplicationScoped
public class Notice {

    record Pending(Optional<String> notice) {
    }

    @Inject
    ImSession session;

    void leave(String sentence) {
        session.update(Pending.class, none -> new Pending(Optional.of(sentence)));
    }

    /** Empty if there is none. */
    String take() {
        Optional<String> notice = session.as(Pending.class).notice();
        if (notice.isPresent()) {
            session.update(Pending.class, shown -> new Pending(Optional.empty()));
        }
        return notice.orElse("");
    }
}
