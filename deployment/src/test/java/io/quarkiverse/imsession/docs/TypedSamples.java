package io.quarkiverse.imsession.docs;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

import com.fasterxml.jackson.annotation.JsonProperty;

import io.quarkiverse.imsession.ImSession;
import io.quarkiverse.imsession.SessionData;
import io.quarkiverse.imsession.SessionRecord;

/** The code of the page "Typed sessions and injected values". */
@Path("/samples")
public class TypedSamples {

    // tag::defaults[]
    enum Theme {
        SYSTEM,
        LIGHT,
        DARK
    }

    record Settings(Theme theme, Integer pageSize) {
        Settings {
            theme = theme == null ? Theme.SYSTEM : theme;
            pageSize = pageSize == null ? 20 : pageSize;
        }
    }
    // end::defaults[]

    // tag::types[]
    record Line(String product, int quantity) {
    }

    record Choice<T>(T value, List<T> before) {
    }

    record Account(@JsonProperty("user_id") Long userId, Optional<Instant> since, List<Line> cart,
            Map<String, Choice<Theme>> themes) {
    }
    // end::types[]

    // tag::annotation[]
    @SessionRecord
    record Consent(boolean newsletter) {
    }
    // end::annotation[]

    @Inject
    ImSession session;

    @Inject
    Prices prices;

    @GET
    @Path("/visit")
    public String visit() {
        // tag::visit[]
        session.set(new Visit("ada", 1));
        session.update(Visit.class, v -> new Visit(v.user(), v.views() + 1));
        int views = session.as(Visit.class).views();
        // end::visit[]
        return views + " " + session.data().toJson();
    }

    @GET
    @Path("/others")
    public String others() {
        session.update(data -> data.with("currency", "CHF"));
        Account account = new Account(7L, Optional.empty(), List.of(new Line("Tea", 2)),
                Map.of("page", new Choice<>(Theme.DARK, List.of(Theme.LIGHT))));
        return session.as(Settings.class) + " " + read(Consent.class) + " " + SessionData.of(account).as(Account.class) + " "
                + prices.format(450);
    }

    // tag::variable[]
    <T extends Record> T read(Class<T> type) {
        return session.as(type);
    }
    // end::variable[]
}
