package io.quarkiverse.imsession.runtime.dev;

import java.util.List;

import io.quarkiverse.imsession.runtime.session.Login;
import io.quarkiverse.imsession.spi.StoredSession;

/**
 * The details of a session.
 *
 * @param key the Redis key, if the session is kept in Redis
 * @param data the fields as indented JSON
 * @param roles the roles of the logged-in user, sorted; empty if there are none
 */
public record SessionDetails(String key, String data, List<String> roles) {

    static SessionDetails of(StoredSession session, String key) {
        Login login = Login.of(session);
        return new SessionDetails(key, IndentedJson.of(session.data()),
                login == null ? List.of() : login.roles().stream().sorted().toList());
    }
}
