package io.quarkiverse.imsession.runtime.devices;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.quarkiverse.imsession.SessionClient;
import io.quarkiverse.imsession.SessionId;
import io.quarkiverse.imsession.SessionInfo;
import io.quarkiverse.imsession.runtime.admin.SessionAdministration;
import io.quarkiverse.imsession.runtime.session.SessionPolicy;
import io.quarkiverse.imsession.spi.StoredSession;

/**
 * A session as its user sees it. What is not known is null.
 *
 * @param current whether it is the session of the request
 * @param label what the application has called it
 * @param browser the family of the browser
 * @param system the operating system, or the kind of device
 * @param address the IP address from which the session got its token
 * @param loggedInAt when its user last logged in
 * @param usedAfter it was used at this time, and maybe later
 * @param usedBefore it was not used after this time
 * @param expiresAt when it ends if it is not used again
 * @param actor the user who acts in it for its user
 * @param bound whether it is bound to its device, see {@link SessionInfo#deviceBound()}
 */
public record DeviceView(String id, boolean current, @Nullable String label, @Nullable String browser, @Nullable String system,
        @Nullable String address, Instant loggedInAt, Instant usedAfter, Instant usedBefore, Instant expiresAt,
        @Nullable String actor, boolean bound) {

    /** Two times that look the same on a page are one. */
    private static final Duration SAME = Duration.ofMinutes(1);

    static DeviceView of(SessionId id, StoredSession session, boolean current, SessionPolicy policy) {
        SessionInfo info = SessionAdministration.info(id, session, policy);
        SessionClient client = info.client();
        ClientName name = ClientName.of(client.userAgent().orElse(""));
        LastUse used = LastUse.of(session, policy);
        return new DeviceView(id.value(), current, client.label().orElse(null), name.browser(), name.system(),
                client.address().orElse(null), info.authenticatedAt().orElse(info.createdAt()),
                current ? session.now() : used.after(), current ? session.now() : used.before(), info.expiresAt(),
                info.actor().orElse(null), info.deviceBound());
    }

    /** Whether it is known when it was last used, to the minute. */
    public boolean isUseKnown() {
        return Duration.between(usedAfter, usedBefore).compareTo(SAME) < 0;
    }

    Map<String, Object> toJson() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", id);
        json.put("current", current);
        putIfKnown(json, "label", label);
        putIfKnown(json, "browser", browser);
        putIfKnown(json, "system", system);
        putIfKnown(json, "address", address);
        json.put("loggedInAt", loggedInAt.toString());
        json.put("usedAfter", usedAfter.toString());
        json.put("usedBefore", usedBefore.toString());
        json.put("expiresAt", expiresAt.toString());
        putIfKnown(json, "actor", actor);
        json.put("deviceBound", bound);
        return json;
    }

    static void putIfKnown(Map<String, Object> json, String name, @Nullable String value) {
        if (value != null) {
            json.put(name, value);
        }
    }
}
