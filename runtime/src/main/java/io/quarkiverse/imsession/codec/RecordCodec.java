package io.quarkiverse.imsession.codec;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.SerializedString;

/**
 * The codec of a record. As the value of a field a record is a JSON object; as a view of the session each of its components is
 * a field. The build generates a subclass for each record.
 */
public abstract class RecordCodec<T extends Record> extends ValueCodec<T> {

    /** The suffix of the name of the generated class, after the name of the record. */
    public static final String SUFFIX = "_SessionCodec";

    private static final ValueCodec<?>[] NOT_GENERIC = {};

    private static final ClassValue<RecordCodec<?>> CODECS = new ClassValue<>() {
        @Override
        protected RecordCodec<?> computeValue(Class<?> type) {
            return load(type, NOT_GENERIC);
        }
    };

    private final SerializedString[] names;
    private final ValueCodec<Object>[] components;
    private final Map<String, Integer> positions = new HashMap<>();

    /**
     * @param names the names of the components in JSON
     * @param components how they are read and written
     */
    @SuppressWarnings("unchecked")
    protected RecordCodec(String[] names, ValueCodec<?>[] components) {
        this.names = new SerializedString[names.length];
        this.components = (ValueCodec<Object>[]) components;
        for (int i = 0; i < names.length; i++) {
            this.names[i] = new SerializedString(names[i]);
            positions.put(names[i], i);
        }
    }

    /**
     * The codec of a record that is not generic.
     *
     * @throws IllegalArgumentException if none was generated
     */
    @SuppressWarnings("unchecked")
    public static <T extends Record> RecordCodec<T> of(Class<T> type) {
        return (RecordCodec<T>) CODECS.get(type);
    }

    /** @param arguments the codecs of the type arguments */
    static RecordCodec<?> load(Class<?> type, ValueCodec<?>[] arguments) {
        try {
            return (RecordCodec<?>) Class.forName(type.getName() + SUFFIX, true, type.getClassLoader())
                    .getConstructor(ValueCodec[].class).newInstance((Object) arguments);
        } catch (ClassNotFoundException | LinkageError e) {
            // A native executable may throw an error for a class that is not registered for reflection.
            throw new IllegalArgumentException("When the application was built, record " + type.getName()
                    + " was not known to be used with sessions: annotate it with @SessionRecord. The build finds it only if"
                    + " its class is written in a call, as in session.as(" + type.getSimpleName() + ".class)");
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("The generated codec of record " + type.getName() + " cannot be used", e);
        }
    }

    /** A record of the values of its components. */
    public abstract T make(@Nullable Object[] values);

    /** The values of the components of a record. */
    public abstract @Nullable Object[] values(T record);

    public final int size() {
        return names.length;
    }

    public final String name(int position) {
        return names[position].getValue();
    }

    public final ValueCodec<Object> component(int position) {
        return components[position];
    }

    @Override
    final T read(JsonParser parser) throws IOException {
        expect(JsonToken.START_OBJECT, parser);
        @Nullable
        Object[] values = new Object[names.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = components[i].missing();
        }
        int next = 0;
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            parser.nextToken();
            int position = next < names.length && names[next].getValue().equals(name) ? next
                    : positions.getOrDefault(name, -1);
            if (position < 0) {
                parser.skipChildren();
            } else {
                values[position] = components[position].readNullable(parser);
                next = position + 1;
            }
        }
        return make(values);
    }

    @Override
    final void write(T record, JsonGenerator out) throws IOException {
        @Nullable
        Object[] values = values(record);
        out.writeStartObject(record);
        for (int i = 0; i < values.length; i++) {
            out.writeFieldName(names[i]);
            components[i].writeNullable(values[i], out);
        }
        out.writeEndObject();
    }
}
