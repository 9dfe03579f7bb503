package io.quarkiverse.imsession.runtime.cdi;

import java.io.IOException;

import org.jspecify.annotations.Nullable;

import io.quarkiverse.imsession.ImSession;
import io.quarkiverse.imsession.SessionDecodingException;
import io.quarkiverse.imsession.codec.ValueCodec;
import io.quarkus.arc.SyntheticCreationalContext;

/** Reads the values that {@code @SessionValue} injects. Called by generated code. */
public final class SessionValues {

    private SessionValues() {
    }

    /** The value of a field. */
    public static @Nullable Object field(SyntheticCreationalContext<?> context, String name, ValueCodec<?> codec) {
        String json = session(context).data().toJson().get(name);
        try {
            return json == null ? codec.missing() : codec.parse(json);
        } catch (IOException | RuntimeException | Error e) {
            throw SessionDecodingException.in("@SessionValue(\"" + name + "\")", name, e);
        }
    }

    /** The session as a record. */
    public static <T extends Record> T view(SyntheticCreationalContext<?> context, Class<T> type) {
        return session(context).as(type);
    }

    private static ImSession session(SyntheticCreationalContext<?> context) {
        return context.getInjectedReference(ImSession.class);
    }
}
