package io.quarkiverse.imsession.it.demo;

import java.time.Instant;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonInclude;

import io.quarkiverse.imsession.ImSession;
import io.quarkiverse.imsession.SessionId;
import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * The session as the API shows it; without id and times if there is none.
 *
 * @param deviceBound true if it is bound to the device that asks, else null
 */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_NULL)
record SessionView(boolean exists, String id, Instant created, Instant expires, Boolean deviceBound, Map<String, Object> data) {

    static SessionView of(ImSession session) {
        return new SessionView(session.exists(), session.id().map(SessionId::value).orElse(null),
                session.createdAt().orElse(null), session.expiresAt().orElse(null), session.deviceBound() ? true : null,
                session.data().asMap());
    }
}
