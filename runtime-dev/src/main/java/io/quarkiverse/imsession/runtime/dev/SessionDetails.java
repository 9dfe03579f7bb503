package io.quarkiverse.imsession.runtime.dev;

import java.util.List;

import io.quarkiverse.imsession.SessionInfo;

/**
 * What a session has.
 *
 * @param key its Redis key, if it is kept there
 * @param data its fields as indented JSON
 * @param roles those of the user that it logs in, sorted; empty if there are none
 */
public record SessionDetails(String key, String data, List<String> roles) {

    static SessionDetails of(SessionInfo session, String key, List<String> roles) {
        return new SessionDetails(key, IndentedJson.of(session.data()), roles);
    }
}
