package io.quarkiverse.imsession.runtime.oidc;

import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.quarkiverse.imsession.codec.JsonText;
import io.quarkiverse.imsession.runtime.login.TokenKeys;

/**
 * The tokens of a log-in as an attribute of the session has them: in front what is asked without decryption, behind it the
 * tokens. All times are of the clocks of the instances.
 *
 * @param cookie the name of the cookie in which the mechanism expects the log-in
 * @param loggedIn when the user has logged in, in milliseconds
 * @param obtained when the provider has given them, in milliseconds
 * @param expires when the ID token expires, in seconds
 * @param accessExpires when the access token expires, in seconds; null if it is not known
 * @param refreshable whether there is a refresh token
 * @param generation how often the tokens were refreshed
 * @param tried when a refresh failed last, in milliseconds; 0 if the last one has succeeded
 * @param dead whether the provider has refused the refresh token for good
 * @param body the tokens, see {@link Tokens}; encrypted if there are keys
 */
record TokenSet(String cookie, long loggedIn, long obtained, long expires, @Nullable Long accessExpires, boolean refreshable,
        long generation,
        long tried, boolean dead, String body) {

    /** Sets of other versions are not read: the user has to log in again. */
    private static final int VERSION = 1;

    /** The tokens themselves. None may be logged. */
    record Tokens(String id, @Nullable String access, @Nullable String refresh, @Nullable String scope) {

        @Override
        public String toString() {
            return "Tokens";
        }
    }

    /**
     * @param place where the set is kept, see {@link TokenKeys#seal}
     */
    static TokenSet of(String cookie, long loggedIn, long obtained, long expires, @Nullable Long accessExpires, long generation,
            Tokens tokens,
            TokenKeys keys, String place) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", tokens.id);
        put(json, "access", tokens.access);
        put(json, "refresh", tokens.refresh);
        put(json, "scope", tokens.scope);
        return new TokenSet(cookie, loggedIn, obtained, expires, accessExpires, tokens.refresh != null, generation, 0, false,
                keys.seal(JsonText.writeObject(json), place));
    }

    private static void put(Map<String, Object> json, String name, @Nullable Object value) {
        if (value != null) {
            json.put(name, value);
        }
    }

    /** This set after a refresh that has failed. */
    TokenSet failed(long now, boolean forGood) {
        return new TokenSet(cookie, loggedIn, obtained, expires, accessExpires, refreshable, generation, now, dead || forGood,
                body);
    }

    /** The text of the attribute. */
    String encode() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("v", VERSION);
        json.put("cookie", cookie);
        json.put("in", loggedIn);
        json.put("got", obtained);
        json.put("exp", expires);
        put(json, "at", accessExpires);
        json.put("rt", refreshable);
        json.put("gen", generation);
        put(json, "tried", tried == 0 ? null : tried);
        put(json, "dead", dead ? true : null);
        json.put("body", body);
        return JsonText.writeObject(json);
    }

    /** The set of a text; null if there is none, or if it is damaged or of another version. */
    static @Nullable TokenSet decode(@Nullable String text) {
        if (text == null || text.isEmpty()) {
            return null;
        }
        Map<?, ?> json = JsonText.readObject(text);
        return json != null && json.get("v") instanceof Number version && version.intValue() == VERSION
                && json.get("cookie") instanceof String cookie && json.get("in") instanceof Number loggedIn
                && json.get("got") instanceof Number obtained && json.get("exp") instanceof Number expires
                && json.get("gen") instanceof Number generation && json.get("body") instanceof String body
                        ? new TokenSet(cookie, loggedIn.longValue(), obtained.longValue(), expires.longValue(),
                                json.get("at") instanceof Number access ? access.longValue() : null,
                                Boolean.TRUE.equals(json.get("rt")), generation.longValue(),
                                json.get("tried") instanceof Number tried ? tried.longValue() : 0,
                                Boolean.TRUE.equals(json.get("dead")), body)
                        : null;
    }

    /**
     * The tokens; null if no key decrypts them in this place, or if they are damaged, which cannot be told from each other.
     *
     * @param place where the set is kept, see {@link TokenKeys#seal}
     */
    @Nullable
    Tokens open(TokenKeys keys, String place) {
        String text = keys.open(body, place);
        Map<?, ?> json = text == null ? null : JsonText.readObject(text);
        return json != null && json.get("id") instanceof String id
                ? new Tokens(id, text(json, "access"), text(json, "refresh"), text(json, "scope"))
                : null;
    }

    private static @Nullable String text(Map<?, ?> json, String name) {
        return json.get(name) instanceof String text ? text : null;
    }

    /** Leaves the tokens out. */
    @Override
    public String toString() {
        return "TokenSet[generation=" + generation + "]";
    }
}
