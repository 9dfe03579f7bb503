package io.quarkiverse.imsession.runtime.http;

import java.util.HashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.quarkiverse.imsession.runtime.session.Attributes;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;

/** Makes the attributes of the client that gets a token. */
public final class ClientAttributes {

    private static final int MAX_LENGTH = 256;

    private final boolean userAgent;
    private final boolean address;

    public ClientAttributes(boolean userAgent, boolean address) {
        this.userAgent = userAgent;
        this.address = address;
    }

    /** The attributes to store. Values that are to be recorded, but are unknown, are empty. */
    public Map<String, String> of(HttpServerRequest request) {
        if (!userAgent && !address) {
            return Map.of();
        }
        Map<String, String> attributes = new HashMap<>();
        if (userAgent) {
            attributes.put(Attributes.USER_AGENT, text(request.getHeader(HttpHeaders.USER_AGENT)));
        }
        if (address) {
            SocketAddress remote = request.remoteAddress();
            attributes.put(Attributes.ADDRESS, text(remote == null ? null : remote.hostAddress()));
        }
        return attributes;
    }

    private static String text(@Nullable String text) {
        return text == null ? "" : text.length() > MAX_LENGTH ? text.substring(0, MAX_LENGTH) : text;
    }
}
