package io.quarkiverse.imsession;

/** A value cannot be written as JSON. The data it was meant for is unchanged. */
public final class SessionEncodingException extends SessionException {

    private static final long serialVersionUID = 1L;

    SessionEncodingException(String field, Class<?> type, String reason) {
        super("The value of session field '" + field + "' of type " + type.getTypeName() + " cannot be written as JSON ("
                + reason
                + "). Use a record, an enum, a java.time type, a string, a number, a boolean or a collection of these. In a"
                + " native executable a type of your own must be registered with @RegisterForReflection");
    }
}
