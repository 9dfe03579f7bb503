package io.quarkiverse.imsession.docs;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

import jakarta.enterprise.context.RequestScoped;

import io.quarkiverse.imsession.ImSession;
import io.quarkiverse.imsession.ImSessions;
import io.quarkiverse.imsession.PageRequest;
import io.quarkiverse.imsession.ReactiveImSessions;
import io.quarkiverse.imsession.SessionData;
import io.quarkiverse.imsession.SessionId;
import io.quarkiverse.imsession.SessionInfo;
import io.quarkiverse.imsession.SessionPage;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

/** The code of the page "Log out everywhere". */
@RequestScoped
public class LogOutEverywhere {

    private final ImSession session;
    private final ImSessions sessions;
    private final ReactiveImSessions reactive;

    LogOutEverywhere(ImSession session, ImSessions sessions, ReactiveImSessions reactive) {
        this.session = session;
        this.sessions = sessions;
        this.reactive = reactive;
    }

    // tag::login[]
    void logIn(long userId, String device) {
        session.set(SessionData.of("user_id", userId, "device", device));
        session.renewId();
    }
    // end::login[]

    // tag::list[]
    record Device(String id, String name, Instant since) {
    }

    List<Device> devices(long userId) {
        SessionPage page = sessions.list("user_id", userId, PageRequest.ofSize(20).withFields("device"));
        return page.sessions().stream().map(LogOutEverywhere::device).toList();
    }

    static Device device(SessionInfo info) {
        return new Device(info.id().value(), info.data().get("device", String.class).orElse("unknown"), info.created());
    }
    // end::list[]

    // tag::end[]
    void endDevice(long userId, String id) {
        SessionId wanted = new SessionId(id);
        Optional<SessionInfo> info = sessions.get(wanted, "user_id");
        if (info.isPresent() && info.get().data().get("user_id", Long.class).equals(Optional.of(userId))) {
            sessions.destroy(wanted);
        }
    }

    long endOtherDevices(long userId) {
        return sessions.destroyOthers("user_id", userId, session.id().orElseThrow());
    }

    long endAllDevices(long userId) {
        return sessions.destroyAll("user_id", userId);
    }
    // end::end[]

    // tag::stream[]
    Uni<Long> onPhones(String tenant) {
        Multi<SessionInfo> all = reactive.stream("tenant", tenant, "device");
        return all.filter(info -> info.data().get("device", String.class).equals(Optional.of("phone")))
                .collect().with(Collectors.counting());
    }
    // end::stream[]
}
