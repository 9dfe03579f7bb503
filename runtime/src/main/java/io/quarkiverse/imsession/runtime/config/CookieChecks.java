package io.quarkiverse.imsession.runtime.config;

import static io.quarkiverse.imsession.runtime.config.Requirements.require;

import io.quarkiverse.imsession.runtime.config.CookieConfig.SameSite;

/** Refuses cookies that browsers would refuse. */
final class CookieChecks {

    /**
     * The greatest length of a domain name and the pattern of its labels (RFC 1035 §2.3), with the underscores that programs
     * accept.
     */
    private static final int LONGEST_NAME = 253;
    private static final String LABEL = "(?!-)[A-Za-z0-9_-]{1,63}(?<!-)";

    private CookieChecks() {
    }

    static void check(CookieConfig cookie, boolean secure) {
        cookie.name().ifPresent(name -> checkName(name, cookie, secure));
        require(isAttribute(cookie.path()) && cookie.path().startsWith("/"), "cookie.path",
                "does not begin with a slash, or has a character that a cookie cannot have", "set a path such as /");
        cookie.domain().ifPresent(domain -> require(isDomain(domain), "cookie.domain",
                "is no name of a domain, and browsers then refuse the cookie",
                "set a name such as example.org, without scheme, port, path and wildcard, or leave it out"));
        require(secure || cookie.sameSite() != SameSite.NONE, "cookie.same-site",
                "is none, and browsers then refuse a cookie that is not Secure",
                "set quarkus.imsession.cookie.secure=true, or use lax or strict");
        require(secure || !cookie.partitioned(), "cookie.partitioned",
                "is true, and browsers then refuse a cookie that is not Secure",
                "set quarkus.imsession.cookie.secure=true, or do not partition");
    }

    private static void checkName(String name, CookieConfig cookie, boolean secure) {
        require(isToken(name) && name.length() <= 256, "cookie.name", "is no name of a cookie",
                "use up to 256 letters, digits, hyphens and underscores");
        if (name.startsWith("__Host-")) {
            require(secure, "cookie.name", "begins with __Host-, and browsers then refuse a cookie that is not Secure",
                    "set quarkus.imsession.cookie.secure=true, or choose another name");
            require(cookie.path().equals("/"), "cookie.name",
                    "begins with __Host-, and browsers then refuse a cookie whose path is not /",
                    "set quarkus.imsession.cookie.path=/, or choose another name");
            require(cookie.domain().isEmpty(), "cookie.name",
                    "begins with __Host-, and browsers then refuse a cookie with a domain",
                    "remove quarkus.imsession.cookie.domain, or choose another name");
        }
        if (name.startsWith("__Secure-")) {
            require(secure, "cookie.name", "begins with __Secure-, and browsers then refuse a cookie that is not Secure",
                    "set quarkus.imsession.cookie.secure=true, or choose another name");
        }
    }

    /** Whether a text is a token of RFC 9110 §5.6.2, as the names of headers and cookies are. */
    static boolean isToken(String text) {
        return !text.isEmpty()
                && text.chars().allMatch(c -> c < 0x7f && (Character.isLetterOrDigit(c) || "!#$%&'*+-.^_`|~".indexOf(c) >= 0));
    }

    /** Whether a text is a domain name. A dot before it is allowed, as browsers ignore it. */
    private static boolean isDomain(String text) {
        String name = text.startsWith(".") ? text.substring(1) : text;
        return name.length() <= LONGEST_NAME && name.matches(LABEL + "(\\." + LABEL + ")*");
    }

    /** Whether a text can be the value of an attribute of a cookie, or a part of another header. */
    static boolean isAttribute(String text) {
        return text.chars().allMatch(c -> c > ' ' && c < 0x7f && c != ';' && c != ',');
    }
}
