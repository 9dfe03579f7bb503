package io.quarkiverse.imsession.runtime.session;

import java.util.Map;
import java.util.concurrent.Executor;

/** The response to the request of a session, as far as commits need it. It runs the calls of the store. */
public interface Answer extends Executor {

    /** For a session that is used without a response. */
    Answer NONE = new Answer() {
    };

    /** The attributes of the client, for a client that gets a token. */
    default Map<String, String> client() {
        return Map.of();
    }

    /** Whether the response has ended, so that the code that made it should be over. */
    default boolean hasEnded() {
        return false;
    }

    /** The session was changed after the response had begun. */
    default void changedLate() {
    }

    /** A session was stored whose token only this response can tell the client. */
    default void owesToken() {
    }

    @Override
    default void execute(Runnable call) {
        call.run();
    }
}
