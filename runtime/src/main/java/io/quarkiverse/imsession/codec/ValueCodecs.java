package io.quarkiverse.imsession.codec;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;

/** Makes codecs. Called by generated code: the build has checked that each type is one of those. */
public final class ValueCodecs {

    private static final Map<Class<?>, ValueCodec<?>> SCALARS = Map.ofEntries(
            Map.entry(String.class, new ScalarCodecs.Text()),
            Map.entry(int.class, new ScalarCodecs.Int(0)), Map.entry(Integer.class, new ScalarCodecs.Int(null)),
            Map.entry(long.class, new ScalarCodecs.LongInt(0L)), Map.entry(Long.class, new ScalarCodecs.LongInt(null)),
            Map.entry(boolean.class, new ScalarCodecs.Bool(false)), Map.entry(Boolean.class, new ScalarCodecs.Bool(null)),
            Map.entry(double.class, new JacksonCodec<>(double.class, 0.0)),
            Map.entry(float.class, new JacksonCodec<>(float.class, 0f)),
            Map.entry(short.class, new JacksonCodec<>(short.class, (short) 0)),
            Map.entry(byte.class, new JacksonCodec<>(byte.class, (byte) 0)),
            Map.entry(char.class, new JacksonCodec<>(char.class, '\0')));

    private ValueCodecs() {
    }

    /** Strings, primitive types and their wrappers; what else Jackson reads and writes. */
    public static ValueCodec<?> scalar(Class<?> type) {
        ValueCodec<?> codec = SCALARS.get(type);
        return codec == null ? new JacksonCodec<>(type, null) : codec;
    }

    /** An enum by the names of its constants. */
    public static <E extends Enum<E>> ValueCodec<E> enumeration(Class<E> type) {
        return new ScalarCodecs.Enumeration<>(type);
    }

    public static <E> ValueCodec<List<E>> list(ValueCodec<E> element) {
        return new CollectionCodecs.Lists<>(element);
    }

    public static <E> ValueCodec<Set<E>> set(ValueCodec<E> element) {
        return new CollectionCodecs.Sets<>(element);
    }

    public static <E> ValueCodec<Optional<E>> optional(ValueCodec<E> element) {
        return new CollectionCodecs.Optionals<>(element);
    }

    /** @param key {@code String}, {@code Integer}, {@code Long}, {@code UUID} or an enum */
    public static <K, V> ValueCodec<Map<K, V>> map(Class<K> key, ValueCodec<V> element) {
        return new CollectionCodecs.Maps<>(key(key), element);
    }

    /** @param arguments the codecs of its type arguments */
    public static <T extends Record> ValueCodec<T> record(Class<T> type, ValueCodec<?>[] arguments) {
        return new NestedCodec<>(type, arguments);
    }

    @SuppressWarnings({ "unchecked", "rawtypes" })
    private static <K> Function<String, K> key(Class<K> type) {
        Function<String, ?> key = type == String.class ? name -> name
                : type == Integer.class ? Integer::valueOf
                        : type == Long.class ? Long::valueOf
                                : type == UUID.class ? UUID::fromString : name -> Enum.valueOf((Class) type, name);
        return (Function<String, K>) key;
    }
}
