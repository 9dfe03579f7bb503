package io.quarkiverse.imsession;

import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;

import org.jspecify.annotations.Nullable;

import io.quarkiverse.imsession.codec.RecordCodec;

/** Reads and writes session data as a record, each component as the field of its name. Other fields stay as they are. */
final class RecordView<T extends Record> {

    private final Class<T> type;
    private final RecordCodec<T> codec;

    private RecordView(Class<T> type) {
        this.type = type;
        this.codec = RecordCodec.of(type);
    }

    static <T extends Record> RecordView<T> of(Class<T> type) {
        return new RecordView<>(type);
    }

    @SuppressWarnings("unchecked")
    static <T extends Record> RecordView<T> ofTypeOf(T record) {
        return new RecordView<>((Class<T>) record.getClass());
    }

    /** Notes that all components are read. */
    void note(SessionData data) {
        for (int i = 0; i < codec.size(); i++) {
            data.json(codec.name(i));
        }
    }

    T read(SessionData data) {
        @Nullable
        Object[] values = new Object[codec.size()];
        for (int i = 0; i < values.length; i++) {
            String json = data.json(codec.name(i));
            values[i] = json == null ? codec.component(i).missing() : parse(i, json);
        }
        return codec.make(values);
    }

    SessionData write(SessionData data, T record) {
        @Nullable
        Object[] values = codec.values(record);
        Map<String, String> changed = data.copyOfFields();
        for (int i = 0; i < values.length; i++) {
            String name = codec.name(i);
            String stored = changed.get(name);
            if (codec.component(i).isLeftOut(values[i])) {
                changed.remove(name);
            } else {
                String json = format(i, values[i]);
                if (!json.equals(stored) && !isStored(i, values[i], stored)) {
                    changed.put(name, json);
                }
            }
            data.note(name, changed.get(name));
        }
        return data.changedTo(changed);
    }

    SessionData update(SessionData data, UnaryOperator<T> change) {
        T before = read(data);
        T after = Objects.requireNonNull(change.apply(before),
                () -> "The function that updates " + type.getName() + " returned null. Return the record it got for no change");
        if (after == before) {
            return data;
        }
        @Nullable
        Object[] old = codec.values(before);
        @Nullable
        Object[] values = codec.values(after);
        Map<String, String> changed = data.copyOfFields();
        for (int i = 0; i < values.length; i++) {
            if (!Objects.equals(old[i], values[i])) {
                if (codec.component(i).isLeftOut(values[i])) {
                    changed.remove(codec.name(i));
                } else {
                    changed.put(codec.name(i), format(i, values[i]));
                }
                data.note(codec.name(i), changed.get(codec.name(i)));
            }
        }
        return data.changedTo(changed);
    }

    /**
     * Whether a field already holds an equal value. Then its text must stay: a newer version of the application may have stored
     * properties in it that this version does not know.
     */
    private boolean isStored(int position, Object value, @Nullable String json) {
        try {
            return json != null && value.equals(codec.component(position).parse(json));
        } catch (IOException | RuntimeException e) {
            return false;
        }
    }

    private @Nullable Object parse(int position, String json) {
        try {
            return codec.component(position).parse(json);
        } catch (IOException | RuntimeException | Error e) {
            throw SessionDecodingException.in("record " + type.getName(), codec.name(position), e);
        }
    }

    private String format(int position, Object value) {
        try {
            return codec.component(position).format(value);
        } catch (IOException | RuntimeException | Error e) {
            throw SessionEncodingException.of(value, codec.name(position), e);
        }
    }
}
