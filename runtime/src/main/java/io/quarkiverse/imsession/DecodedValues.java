package io.quarkiverse.imsession;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.temporal.Temporal;
import java.time.temporal.TemporalAmount;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** Values that were read from the JSON texts of data that many requests share, of types that are known to be immutable. */
final class DecodedValues {

    private static final Set<Class<?>> IMMUTABLE = Set.of(String.class, Boolean.class, Byte.class, Short.class, Integer.class,
            Long.class, Float.class, Double.class, Character.class, BigInteger.class, BigDecimal.class, UUID.class);

    private final Map<Object, Object> known = new ConcurrentHashMap<>();

    /** The value of a field. The type must be {@link #isImmutable immutable}. */
    @SuppressWarnings("unchecked")
    <T> Optional<T> field(String name, Class<T> type, Supplier<Optional<T>> read) {
        if (known.get(name) instanceof Field field && field.type == type) {
            return (Optional<T>) field.value;
        }
        Optional<T> value = read.get();
        known.put(name, new Field(type, value));
        return value;
    }

    /** The data as a record. All components of records are immutable: others are refused when the application is built. */
    <T extends Record> T record(Class<T> type, Supplier<T> read) {
        Object record = known.get(type);
        if (record == null) {
            record = read.get();
            known.put(type, record);
        }
        return type.cast(record);
    }

    static boolean isImmutable(Class<?> type) {
        return IMMUTABLE.contains(type) || type.isEnum()
                || type.getPackageName().equals("java.time")
                        && (Temporal.class.isAssignableFrom(type) || TemporalAmount.class.isAssignableFrom(type));
    }

    private record Field(Class<?> type, Optional<?> value) {
    }
}
