package io.quarkiverse.imsession;

import java.lang.reflect.Type;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.databind.exc.InvalidDefinitionException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;

/**
 * The value of a field cannot be read as the requested type: it is of another type, or Jackson cannot construct this type. The
 * field is unchanged.
 */
public final class SessionDecodingException extends SessionException {

    private static final long serialVersionUID = 1L;

    /** Part of Jackson's message for a class whose constructors it cannot use for a JSON object. */
    private static final String NO_CREATOR = "no delegate- or property-based Creator";

    private SessionDecodingException(String message) {
        super(message);
    }

    /** @param failure the exception of Jackson; not chained, as its message may repeat the value */
    static SessionDecodingException as(Type type, String field, Throwable failure) {
        Json.rethrowIfOfTheVirtualMachine(failure);
        return new SessionDecodingException("Session field '" + field + "' cannot be read as " + type.getTypeName()
                + reason(failure, ". Ask for the type that was stored, or remove the field with without(\"" + field + "\")")
                + ". In a native executable the type must be registered with @RegisterForReflection");
    }

    /**
     * @param place the record or the injection point that asks for the value
     * @param failure the exception of Jackson; not chained, as its message may repeat the value
     */
    public static SessionDecodingException in(String place, String field, Throwable failure) {
        Json.rethrowIfOfTheVirtualMachine(failure);
        return new SessionDecodingException("Session field '" + field + "' has no value of the type that " + place
                + " declares for it"
                + reason(failure, ". Declare the type that was stored, or remove the field with without(\"" + field + "\")"));
    }

    /** @param ofValue the reason to give if the value is at fault, and not the type */
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
