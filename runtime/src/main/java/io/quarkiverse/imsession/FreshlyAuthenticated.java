package io.quarkiverse.imsession;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import jakarta.enterprise.util.Nonbinding;
import jakarta.interceptor.InterceptorBinding;

/**
 * Asks for a log-in of the session that is no older than that, as in {@code @FreshlyAuthenticated("5M")}: before something that
 * matters. Otherwise {@link StaleAuthenticationException} is thrown, which answers 401.
 * <p>
 * For methods of beans, and for beans whose methods are all to be guarded; on a method it counts more than on its class.
 * Without another security annotation it also is {@code @Authenticated}. The log-in that counts is the last {@link
 * ImSession#login} or {@link ImSession#renew()}, and it has to be that of the request's identity: credentials that a request
 * carries itself, as with basic authentication or the cookie of a form, are none, and the session of another user beside them
 * does not count for theirs. Needs {@code quarkus.imsession.security.enabled=true}. What it cannot guard fails the build:
 * static
 * and private methods, and the callbacks of WebSockets, which ask {@link ImSession#isFresh}.
 *
 * @see ImSession#isFresh
 * @see <a href="https://github.com/OWASP/ASVS/blob/v5.0.0/5.0/en/0x16-V7-Session-Management.md">OWASP ASVS 5, V7.5.3</a>
 */
@InterceptorBinding
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target({ ElementType.METHOD, ElementType.TYPE })
public @interface FreshlyAuthenticated {

    /** How long ago the log-in may be, as durations are written in the configuration: {@code 5M}, {@code PT5M}, {@code 300}. */
    @Nonbinding
    String value();
}
