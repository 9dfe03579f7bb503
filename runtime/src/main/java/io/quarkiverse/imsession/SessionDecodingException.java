package io.quarkiverse.imsession;

import java.lang.reflect.Type;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.databind.exc.InvalidDefinitionException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;

/**
 * A field holds a value that is no instance of the asked type, or Jackson has no way to make one. The field is unchanged.
 */
public final class SessionDecodingException extends SessionException {

    private static final long serialVersionUID = 1L;

    /** What Jackson says of a class with constructors, but none for an object. */
    private static final String NO_CREATOR = "no delegate- or property-based Creator";

    private SessionDecodingException(String message) {
        super(message);
    }

    /** @param failure what Jackson says; not chained, as its message may repeat the value */
    static SessionDecodingException as(Type type, String field, Throwable failure) {
        Json.rethrowIfOfTheVirtualMachine(failure);
        return new SessionDecodingException("Session field '" + field + "' cannot be read as " + type.getTypeName()
                + reason(failure, ". Ask for the type that was stored, or remove the field with without(\"" + field + "\")")
                + ". In a native executable the type must be registered with @RegisterForReflection");
    }

    /**
     * @param place what asks for the value: a record, or an injection point
     * @param failure what Jackson says; not chained, as its message may repeat the value
     */
    public static SessionDecodingException in(String place, String field, Throwable failure) {
        Json.rethrowIfOfTheVirtualMachine(failure);
        return new SessionDecodingException("Session field '" + field + "' has no value of the type that " + place
                + " declares for it"
                + reason(failure, ". Declare the type that was stored, or remove the field with without(\"" + field + "\")"));
    }

    /** @param ofValue the reason if the value is at fault, and not the type or a part of it */
    private static String reason(Throwable failure, String ofValue) {
        if (failure instanceof InvalidDefinitionException definition) {
            return ofType(definition.getType() == null ? null : definition.getType().getRawClass());
        }
        if (failure instanceof MismatchedInputException mismatch && mismatch.getOriginalMessage().contains(NO_CREATOR)) {
            return ofType(mismatch.getTargetType());
        }
        return ofValue;
    }

    private static String ofType(@Nullable Class<?> type) {
        return ", as Jackson has no way to make " + (type == null ? "a part of it" : "a " + type.getName())
                + ". Make that a record, annotate one of its constructors with @JsonCreator, or, if it is an interface or an"
                + " abstract class, annotate it with @JsonTypeInfo";
    }
}
