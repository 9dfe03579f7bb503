package io.quarkiverse.imsession.runtime.login;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

import io.vertx.ext.web.RoutingContext;

/** Tells mechanisms that a user has to log in although the session has a log-in, which is too old for this request. */
public final class FreshLogin {

    private static final String KEY = FreshLogin.class.getName();

    private FreshLogin() {
    }

    /** @param within how long ago the log-in may be */
    public static void ask(RoutingContext context, Duration within) {
        context.put(KEY, within);
    }

    /** How long ago the log-in may be; null if no log-in was asked for. */
    public static @Nullable Duration within(RoutingContext context) {
        return context.get(KEY);
    }
}
