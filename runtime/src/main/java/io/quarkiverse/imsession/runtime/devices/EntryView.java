package io.quarkiverse.imsession.runtime.devices;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.quarkiverse.imsession.JournalEntry;
import io.quarkiverse.imsession.JournalEntry.Cause;
import io.quarkiverse.imsession.JournalEntry.Kind;
import io.quarkiverse.imsession.SessionId;

/**
 * An entry of the journal as its user sees it. What is not known is null.
 *
 * @param time when it happened
 * @param session the id of the session, which need not exist any more
 * @param current whether it is the session of the request
 * @param browser the family of the browser that caused it
 * @param system the operating system of that browser, or the kind of device
 * @param address the IP address from which it was caused
 * @param actor the user who acted in the session for its user
 */
public record EntryView(Instant time, Kind kind, Cause cause, String session, boolean current, @Nullable String browser,
        @Nullable String system, @Nullable String address, @Nullable String actor) {

    static EntryView of(JournalEntry entry, SessionId current) {
        ClientName name = ClientName.of(entry.userAgent().orElse(""));
        return new EntryView(entry.time(), entry.kind(), entry.cause(), entry.sessionId().value(),
                entry.sessionId().equals(current), name.browser(), name.system(), entry.address().orElse(null),
                entry.actor().orElse(null));
    }

    /** The name of the message that tells what happened. */
    public String text() {
        return switch (kind) {
            case LOGGED_IN -> "entry_logged_in";
            case ACTED_FOR -> "entry_acted_for";
            case RENEWED -> "entry_renewed";
            case REFUSED -> cause == Cause.DEVICE ? "entry_refused_device" : "entry_refused";
            case ENDED -> switch (cause) {
                case ADMINISTRATION -> "entry_ended_elsewhere";
                case PROVIDER -> "entry_ended_provider";
                case LIMIT -> "entry_ended_limit";
                case REPLAY -> "entry_ended_replay";
                case ABANDONED -> "entry_ended_abandoned";
                case REQUEST, TIME, DEVICE -> "entry_ended";
            };
        };
    }

    Map<String, Object> toJson() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("time", time.toString());
        json.put("kind", kind.name());
        json.put("cause", cause.name());
        json.put("session", session);
        json.put("current", current);
        DeviceView.putIfKnown(json, "browser", browser);
        DeviceView.putIfKnown(json, "system", system);
        DeviceView.putIfKnown(json, "address", address);
        DeviceView.putIfKnown(json, "actor", actor);
        return json;
    }
}
