package io.quarkiverse.imsession.runtime.dev;

import io.quarkiverse.imsession.SessionInfo;

/**
 * What a session has.
 *
 * @param key its Redis key, if it is kept there
 * @param data its fields as indented JSON
 */
public record SessionDetails(String key, String data) {

    static SessionDetails of(SessionInfo session, String key) {
        return new SessionDetails(key, IndentedJson.of(session.data()));
    }
}
