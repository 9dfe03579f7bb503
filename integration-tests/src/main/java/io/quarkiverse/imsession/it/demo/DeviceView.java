package io.quarkiverse.imsession.it.demo;

import java.time.Instant;

import com.fasterxml.jackson.annotation.JsonInclude;

import io.quarkiverse.imsession.SessionId;
import io.quarkiverse.imsession.SessionInfo;
import io.quarkus.qute.TemplateData;
import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * A session as its user sees it. What is not known is null.
 *
 * @param label what the user calls the device
 * @param client the kind of browser
 * @param current whether it is the session of this request
 * @param bound whether it is bound to the device, so that a copy of its cookie is of no use elsewhere
 */
@TemplateData
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_NULL)
record DeviceView(String id, String label, String client, String address, Instant created, Instant renewed, Instant expires,
        boolean current, boolean bound) {

    static DeviceView of(SessionInfo session, SessionId current) {
        return new DeviceView(session.id().value(), session.client().label().orElse(null),
                UserAgent.describe(session.client().userAgent().orElse("")), session.client().address().orElse(null),
                session.createdAt(), session.renewedAt().orElse(null), session.expiresAt(), session.id().equals(current),
                session.deviceBound());
    }

    public String name() {
        return label == null ? client : label;
    }
}
