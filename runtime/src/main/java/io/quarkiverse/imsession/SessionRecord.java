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
 * The code that reads and writes a record is generated when the application is built. The build finds a record if its class is
 * written in the call, as in {@code session.as(Visit.class)}, if the argument of {@code merge} is declared as that record, or
 * if it is injected with {@link SessionValue}. A record that reaches these calls in another way, for example through a type
 * variable, needs this annotation.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface SessionRecord {
}
