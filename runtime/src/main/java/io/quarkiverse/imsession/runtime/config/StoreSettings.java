package io.quarkiverse.imsession.runtime.config;

import java.util.List;
import java.util.function.Function;

import io.quarkiverse.imsession.SessionId;

/**
 * What is shown of the store of the application.
 *
 * @param settings the settings of this store, which other stores do not have
 * @param where tells how to look at a session with the tools of the store: a key or a query; empty if it cannot be looked at
 */
public record StoreSettings(List<Setting> settings, Function<SessionId, String> where) {

    /** Of a store about which nothing is known. */
    public static final StoreSettings NONE = new StoreSettings(List.of(), id -> "");

    public StoreSettings {
        settings = List.copyOf(settings);
    }
}
