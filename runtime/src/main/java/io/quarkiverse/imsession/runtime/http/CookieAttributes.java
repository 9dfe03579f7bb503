package io.quarkiverse.imsession.runtime.http;

import org.jspecify.annotations.Nullable;

import io.quarkiverse.imsession.runtime.config.CookieConfig;
import io.quarkiverse.imsession.runtime.config.CookieConfig.Persistence;

/**
 * The name and the attributes of the session cookie (RFC 6265bis).
 *
 * @param domain null if only the host that set the cookie gets it
 * @param sameSite {@code Strict}, {@code Lax} or {@code None}
 * @param persistent the sessions whose cookies are kept when the browser is closed, by {@code Max-Age}
 */
record CookieAttributes(String name, String path, @Nullable String domain, boolean httpOnly, String sameSite,
        boolean secure, boolean partitioned, Persistence persistent) {

    CookieAttributes(String name, String path, @Nullable String domain, boolean httpOnly, String sameSite, boolean secure,
            boolean partitioned, boolean persistent) {
        this(name, path, domain, httpOnly, sameSite, secure, partitioned, persistent ? Persistence.TRUE : Persistence.FALSE);
    }

    static CookieAttributes of(CookieConfig config) {
        return new CookieAttributes(config.nameInForce(), config.path(), config.domain().orElse(null), config.httpOnly(),
                config.sameSite().attribute, config.isSecure(), config.partitioned(), config.persistent());
    }

    /** The text that follows the value in {@code Set-Cookie}, without the lifetime. */
    String asText() {
        StringBuilder text = new StringBuilder("; Path=").append(path);
        if (domain != null) {
            text.append("; Domain=").append(domain);
        }
        if (secure) {
            text.append("; Secure");
        }
        if (httpOnly) {
            text.append("; HttpOnly");
        }
        text.append("; SameSite=").append(sameSite);
        if (partitioned) {
            text.append("; Partitioned");
        }
        return text.toString();
    }
}
