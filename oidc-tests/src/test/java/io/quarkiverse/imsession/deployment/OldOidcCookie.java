package io.quarkiverse.imsession.deployment;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.LinkedHashMap;
import java.util.Map;

import io.quarkiverse.imsession.test.TestProvider;
import io.quarkus.oidc.runtime.OidcUtils;
import io.vertx.core.json.JsonObject;

/** The cookies in which Quarkus keeps a log-in by OIDC without sessions. */
final class OldOidcCookie {

    /** How many characters of it Quarkus puts into one cookie. */
    private static final int CHUNK = 4056;

    private OldOidcCookie() {
    }

    /** Those of the user that the provider was told. */
    static Map<String, String> of(String provider) {
        return of(provider, TestProvider.SECRET);
    }

    static Map<String, String> of(String provider, String key) {
        JsonObject tokens = tokens(provider);
        String value = encrypted(tokens.getString("id_token") + '|' + tokens.getString("access_token") + '|'
                + tokens.getInteger("expires_in") + "|openid|" + tokens.getString("refresh_token"), key);
        if (value.length() <= CHUNK) {
            return Map.of("q_session", value);
        }
        Map<String, String> chunks = new LinkedHashMap<>();
        for (int from = 0; from < value.length(); from += CHUNK) {
            chunks.put("q_session_chunk_" + (chunks.size() + 1), value.substring(from, Math.min(from + CHUNK, value.length())));
        }
        return chunks;
    }

    /** Those of the user that the provider was told, with a cookie for each token. */
    static Map<String, String> split(String provider) {
        JsonObject tokens = tokens(provider);
        return Map.of("q_session", encrypted(tokens.getString("id_token"), TestProvider.SECRET),
                "q_session_at", encrypted(tokens.getString("access_token") + '|' + tokens.getInteger("expires_in") + "|openid",
                        TestProvider.SECRET),
                "q_session_rt", encrypted(tokens.getString("refresh_token"), TestProvider.SECRET));
    }

    /** With an ID token that somebody else has signed. */
    static Map<String, String> forged(String provider) {
        JsonObject tokens = tokens(provider);
        String id = tokens.getString("id_token");
        int signature = id.lastIndexOf('.') + 1;
        return Map.of("q_session", encrypted(id.substring(0, signature) + new StringBuilder(id.substring(signature)).reverse()
                + '|' + tokens.getString("access_token") + '|' + tokens.getInteger("expires_in") + "|openid|"
                + tokens.getString("refresh_token"), TestProvider.SECRET));
    }

    private static String encrypted(String text, String key) {
        try {
            return OidcUtils.encryptString(text, OidcUtils.createSecretKeyFromDigest(key));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static JsonObject tokens(String provider) {
        try {
            HttpClient client = HttpClient.newHttpClient();
            String back = client
                    .send(HttpRequest.newBuilder(URI.create(provider + "/authorize?redirect_uri=x&state=y")).build(),
                            BodyHandlers.ofString())
                    .headers().firstValue("Location").orElseThrow();
            String code = back.substring(back.indexOf("code=") + 5, back.indexOf('&'));
            return new JsonObject(client.send(HttpRequest.newBuilder(URI.create(provider + "/token"))
                    .POST(BodyPublishers.ofString("grant_type=authorization_code&code=" + code)).build(),
                    BodyHandlers.ofString())
                    .body());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
