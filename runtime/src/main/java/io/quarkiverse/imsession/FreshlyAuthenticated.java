package io.quarkiverse.imsession;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import jakarta.enterprise.util.Nonbinding;
import jakarta.interceptor.InterceptorBinding;

/**
 * Requires a recent log-in for a sensitive operation: {@code @FreshlyAuthenticated("5M")} requires that the user of the session
 * has logged in within the last five minutes. Otherwise {@link StaleAuthenticationException} is thrown, and the request is
 * answered with 401.
 * <p>
 * Put it on a method of a bean, or on a class to guard all its methods; the annotation of a method overrides that of its class.
 * Without another security annotation it implies {@code @Authenticated}. The log-in that counts is the last
 * {@link ImSession#login} or {@link ImSession#renew()}, and it must be a log-in of the same user as the request's identity.
 * Credentials that the request itself carries, such as those of basic authentication or the cookie of form-based
 * authentication, are no log-in of the session. It needs {@code quarkus.imsession.security.enabled=true}. The build fails for
 * methods that it cannot guard: static methods, private methods and WebSocket callbacks, which call {@link ImSession#isFresh}
 * instead.
 *
 * @see ImSession#isFresh
 * @see <a href="https://github.com/OWASP/ASVS/blob/v5.0.0/5.0/en/0x16-V7-Session-Management.md">OWASP ASVS 5, V7.5.3</a>
 */
@InterceptorBinding
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target({ ElementType.METHOD, ElementType.TYPE })
public @interface FreshlyAuthenticated {

    /** The greatest age of the log-in, written like a duration of the configuration: {@code 5M}, {@code PT5M}, {@code 300}. */
    @Nonbinding
    String value();
}
