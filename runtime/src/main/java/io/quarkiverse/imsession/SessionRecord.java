package io.quarkiverse.imsession;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A record that is used as a view of the session, with {@link ImSession#as}, {@link ImSession#merge(Record)} and
 * {@link ImSession#update(Class, java.util.function.UnaryOperator)}.
 * <p>
 * The code that reads and writes a record is generated when the application is built. Records are found by themselves where
 * their class is written in the call, as in {@code session.as(Visit.class)}, where the argument of {@code set} is declared as
 * that record, and where they are injected with {@link SessionValue}. A record that reaches these calls in another way, as
 * through a type variable, needs this annotation.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface SessionRecord {
}
