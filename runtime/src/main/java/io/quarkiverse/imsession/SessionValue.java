package io.quarkiverse.imsession;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import jakarta.inject.Qualifier;

/**
 * Injects the value of a field of the session, or the session as a record:
 *
 * <pre>
 * &#64;Inject
 * &#64;SessionValue("user_id")
 * Long userId;
 *
 * &#64;Inject
 * &#64;SessionValue
 * Visit visit;
 * </pre>
 *
 * The type may be any that a component of a record may have, and a missing field is injected as null, zero or empty, as in
 * {@link SessionData#as}. The value is read once, when the bean with the injection point is created. So that bean must belong
 * to the request: it is {@code @RequestScoped}, or {@code @Dependent} and injected only into such beans; a JAX-RS resource
 * without a scope becomes {@code @RequestScoped}. In a bean that lives longer, inject {@code Instance<Long>}: each call of its
 * {@code get()} reads the value of the current request. The build fails for any other injection point.
 */
@Qualifier
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ ElementType.FIELD, ElementType.PARAMETER, ElementType.METHOD, ElementType.TYPE })
public @interface SessionValue {

    /** The name of the field; empty for the session as a record. */
    String value() default "";
}
