package io.quarkiverse.imsession.runtime.dev;

import java.util.List;

import io.quarkiverse.imsession.runtime.session.Login;
import io.quarkiverse.imsession.spi.StoredSession;

/**
 * The details of a session.
 *
 * @param where how to look at it with the tools of the store; empty if it cannot be looked at
 * @param data the fields as indented JSON
 * @param roles the roles of the logged-in user, sorted; empty if there are none
 */
public record SessionDetails(String where, String data, List<String> roles) {

    static SessionDetails of(StoredSession session, String where) {
        Login login = Login.of(session);
        return new SessionDetails(where, IndentedJson.of(session.data()),
                login == null ? List.of() : login.roles().stream().sorted().toList());
    }
}
