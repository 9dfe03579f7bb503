package io.quarkiverse.imsession.testing;

import java.util.List;
import java.util.Map;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

/**
 * How a client carries the token. Cookie and bearer are built in; an application with a
 * {@link io.quarkiverse.imsession.spi.SessionIdResolver} that understands neither has a bean of this type among its tests.
 */
public interface TokenCarrier {

    /** The headers with which a request carries the token. */
    Map<String, String> headers(String token);

    /**
     * What a response tells the client.
     *
     * @param headers the values of a response header, by its name
     * @return the token to use from now on; empty to forget it, null to go on with what it has
     */
    @Nullable
    String received(Function<String, List<String>> headers);
}
