package io.quarkiverse.imsession.runtime.dev;

import java.util.List;

import io.quarkiverse.imsession.SessionInfo;

/**
 * The details of a session.
 *
 * @param key the Redis key, if the session is kept in Redis
 * @param data the fields as indented JSON
 * @param roles the roles of the logged-in user, sorted; empty if there are none
 */
public record SessionDetails(String key, String data, List<String> roles) {

    static SessionDetails of(SessionInfo session, String key, List<String> roles) {
        return new SessionDetails(key, IndentedJson.of(session.data()), roles);
    }
}
