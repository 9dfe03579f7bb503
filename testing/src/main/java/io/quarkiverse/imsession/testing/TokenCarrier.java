package io.quarkiverse.imsession.testing;

import java.util.List;
import java.util.Map;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

/**
 * Carries the token for the clients of tests. Cookie and bearer are built in. If the
 * {@link io.quarkiverse.imsession.spi.SessionIdResolver} of an application understands neither, its tests need a bean of this
 * type.
 */
public interface TokenCarrier {

    /** The request headers that carry the token. */
    Map<String, String> headers(String token);

    /**
     * Reads the token that a response hands out.
     *
     * @param headers returns the values of a response header by its name
     * @return the token to use from now on; empty to forget the token, null to keep the current one
     */
    @Nullable
    String received(Function<String, List<String>> headers);
}
