package io.quarkiverse.imsession;

import com.fasterxml.jackson.databind.exc.InvalidDefinitionException;

/** A value cannot be written as JSON. The data is unchanged. */
public final class SessionEncodingException extends SessionException {

    private static final long serialVersionUID = 1L;

    private SessionEncodingException(String field, Class<?> type, String reason) {
        super("The value of session field '" + field + "' of type " + type.getTypeName() + " cannot be written as JSON ("
                + reason
                + "). Use a record, an enum, a java.time type, a string, a number, a boolean or a collection of these. In a"
                + " native executable a type of your own must be registered with @RegisterForReflection");
    }

    /** @param failure the exception of Jackson; not chained, as its message may repeat the value */
    static SessionEncodingException of(Object value, String field, Throwable failure) {
        Json.rethrowIfOfTheVirtualMachine(failure);
        return new SessionEncodingException(field, value.getClass(),
                failure instanceof InvalidDefinitionException definition ? definition.getOriginalMessage()
                        : failure.getClass().getSimpleName());
    }
}
