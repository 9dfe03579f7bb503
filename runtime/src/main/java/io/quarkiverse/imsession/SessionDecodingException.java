package io.quarkiverse.imsession;

import java.lang.reflect.Type;

/** A field holds a value that is no instance of the asked type. The field is unchanged. */
public final class SessionDecodingException extends SessionException {

    private static final long serialVersionUID = 1L;

    SessionDecodingException(String field, Type type) {
        super("Session field '" + field + "' cannot be read as " + type.getTypeName()
                + ". Ask for the type that was stored, or remove the field with without(\"" + field
                + "\"). In a native executable the type must be registered with @RegisterForReflection");
    }

    /** @param place what asks for the value: a record, or an injection point */
    public SessionDecodingException(String field, String place) {
        super("Session field '" + field + "' has no value of the type that " + place
                + " declares for it. Declare the type that was stored, or remove the field with without(\"" + field + "\")");
    }
}
