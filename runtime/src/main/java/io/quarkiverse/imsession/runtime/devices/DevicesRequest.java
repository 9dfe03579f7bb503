package io.quarkiverse.imsession.runtime.devices;

import java.util.Optional;

import io.quarkiverse.imsession.SessionId;

/** What a request to the page asks for. */
sealed interface DevicesRequest {

    String STYLE = "/style.css";
    String END_OTHERS = "/end-others";
    String END = "/end";

    /** The list of sessions. */
    record Show() implements DevicesRequest {
    }

    /** The stylesheet of the page. */
    record Style() implements DevicesRequest {
    }

    /**
     * To end one session.
     *
     * @param id empty if the request names none
     */
    record End(Optional<SessionId> id) implements DevicesRequest {
    }

    /** To end all sessions but that of the request. */
    record EndOthers() implements DevicesRequest {
    }

    /** There is nothing at this path. */
    record Nothing() implements DevicesRequest {
    }

    /**
     * What is at this path has other methods.
     *
     * @param allowed the methods, as the header {@code Allow} names them
     */
    record OtherMethod(String allowed) implements DevicesRequest {
    }

    /** @param below the path of the request after that of the page; empty or a slash for the page itself */
    static DevicesRequest of(String method, String below) {
        if (below.isEmpty() || below.equals("/")) {
            return isRead(method) ? new Show() : new OtherMethod("GET, HEAD");
        }
        if (below.equals(STYLE)) {
            return isRead(method) ? new Style() : new OtherMethod("GET, HEAD");
        }
        if (below.equals(END_OTHERS)) {
            return method.equals("POST") ? new EndOthers() : new OtherMethod("POST");
        }
        if (below.endsWith(END) && below.indexOf('/', 1) == below.length() - END.length()) {
            return method.equals("POST") ? new End(id(below.substring(1, below.length() - END.length())))
                    : new OtherMethod("POST");
        }
        if (below.indexOf('/', 1) < 0) {
            return method.equals("DELETE") ? new End(id(below.substring(1))) : new OtherMethod("DELETE");
        }
        return new Nothing();
    }

    private static Optional<SessionId> id(String text) {
        return SessionId.tryParse(text);
    }

    private static boolean isRead(String method) {
        return method.equals("GET") || method.equals("HEAD");
    }
}
