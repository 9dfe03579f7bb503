package io.quarkiverse.imsession;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.core.type.TypeReference;

import io.quarkiverse.imsession.codec.FieldName;
import io.quarkiverse.imsession.codec.Utf8;

/**
 * The data of a session: named fields with values of any type that Jackson can write. It is immutable: {@link #with} and
 * {@link #without} return new data.
 * <p>
 * Each value is kept as the JSON text that the store holds, and each {@code get} makes a new object of it. So requests never
 * share an object of a mutable type. With the near cache they share immutable ones, so let constructors of records not depend
 * on time or chance. Two instances are equal if they have the same fields with the same JSON texts.
 * <p>
 * The JSON has {@code java.time} types in ISO 8601, with the region of a zone, maps ordered by key, and no class names.
 * Records, enums, collections, and combinations of these read back equal. A type that Jackson cannot construct can be written
 * but not read, for example a class with two constructors and no {@code @JsonCreator}, or a list of an interface. A property
 * that Jackson's annotations exclude is lost. No value is null: a field without a value is absent. In a native executable,
 * records that no other JSON code uses must be registered with {@code @RegisterForReflection}.
 */
public final class SessionData {

    /** The longest name of a field, in characters. */
    public static final int MAX_NAME_LENGTH = FieldName.MAX_LENGTH;

    /** The largest number of fields. */
    public static final int MAX_FIELDS = 512;

    private static final SessionData EMPTY = new SessionData(Map.of(), null, null);

    private final Map<String, String> fields;
    /** Notes the fields that a function reads from this data, or null. */
    private final @Nullable FieldReads reads;

    /** Keeps values that were read, if many requests share this data; else null. */
    private final @Nullable DecodedValues decoded;

    private SessionData(Map<String, String> fields, @Nullable FieldReads reads, @Nullable DecodedValues decoded) {
        this.fields = fields;
        this.reads = reads;
        this.decoded = decoded;
    }

    /** Data without any field. */
    public static SessionData empty() {
        return EMPTY;
    }

    /** Data with one field. See {@link #with} for the rules. */
    public static SessionData of(String name, Object value) {
        return EMPTY.with(name, value);
    }

    /** Data with two fields. See {@link #with} for the rules. */
    public static SessionData of(String name1, Object value1, String name2, Object value2) {
        return of(pairs(name1, value1, name2, value2));
    }

    /** Data with three fields. See {@link #with} for the rules. */
    public static SessionData of(String name1, Object value1, String name2, Object value2, String name3, Object value3) {
        return of(pairs(name1, value1, name2, value2, name3, value3));
    }

    /** Data with four fields. See {@link #with} for the rules. */
    public static SessionData of(String name1, Object value1, String name2, Object value2, String name3, Object value3,
            String name4, Object value4) {
        return of(pairs(name1, value1, name2, value2, name3, value3, name4, value4));
    }

    /** Data with five fields. See {@link #with} for the rules. */
    public static SessionData of(String name1, Object value1, String name2, Object value2, String name3, Object value3,
            String name4, Object value4, String name5, Object value5) {
        return of(pairs(name1, value1, name2, value2, name3, value3, name4, value4, name5, value5));
    }

    /** Data with the entries of a map as fields. See {@link #with} for the rules. */
    public static SessionData of(Map<String, ?> values) {
        Map<String, String> fields = new LinkedHashMap<>(capacity(values.size()));
        values.forEach((name, value) -> put(fields, name, value));
        return ofFields(fields);
    }

    /** Data with the components of a record as fields. See {@link #with(Record)} for the rules. */
    public static SessionData of(Record view) {
        return EMPTY.with(view);
    }

    /**
     * Data with JSON texts as values, as a store keeps them. Names, texts and the number of fields are not checked here. A text
     * that is no JSON fails when it is read. Names that no field can have, texts that a store could not keep unchanged, and too
     * many fields are refused when they are set on a session.
     *
     * @param json field name to JSON text; copied
     */
    public static SessionData fromJson(Map<String, String> json) {
        return fromChecked(new LinkedHashMap<>(json));
    }

    /** The fields as JSON texts, as a store keeps them; unmodifiable. */
    public Map<String, String> toJson() {
        noteAll();
        return Collections.unmodifiableMap(fields);
    }

    /**
     * This data with one field set to a value.
     *
     * @param name 1 to {@value #MAX_NAME_LENGTH} characters of valid Unicode, not beginning with {@code @}, which is reserved
     * @param value any value that Jackson can write; not null
     * @throws SessionEncodingException if Jackson cannot write it
     * @throws IllegalArgumentException if the name is not allowed, the value is null, or there would be more than
     *         {@value #MAX_FIELDS} fields
     */
    public SessionData with(String name, Object value) {
        Map<String, String> changed = new LinkedHashMap<>(capacity(fields.size() + 1));
        changed.putAll(fields);
        put(changed, name, value);
        note(name, changed.get(name));
        return changedTo(changed);
    }

    /**
     * This data with the components of a record as fields, also if their value is zero or empty. A component that is null or
     * an empty {@code Optional} removes its field; fields that are no component stay as they are. A field whose value reads as
     * equal to the component is left as it is, with what a newer version of the record may have stored in it.
     *
     * @throws SessionEncodingException if a value cannot be written
     * @throws IllegalArgumentException if the record was not known when the application was built, see {@link SessionRecord}
     */
    public SessionData with(Record view) {
        return RecordView.ofTypeOf(view).write(this, view);
    }

    /**
     * This data with new values of the components that {@code change} changes; all other fields stay as they are. A component
     * that becomes null or an empty {@code Optional} removes its field.
     *
     * @param change a function of the record that {@link #as} reads from this data
     * @throws SessionDecodingException if a field has no value of the component's type
     * @throws SessionEncodingException if a value cannot be written
     * @throws IllegalArgumentException if the record was not known when the application was built, see {@link SessionRecord}
     */
    public <T extends Record> SessionData update(Class<T> type, UnaryOperator<T> change) {
        return RecordView.of(type).update(this, change);
    }

    /** This data without some fields; the same instance if it has none of them. */
    public SessionData without(String... names) {
        Map<String, String> changed = copyOfFields();
        for (String name : names) {
            changed.remove(name);
            note(name, null);
        }
        return changed.size() == fields.size() ? this : changedTo(changed);
    }

    /**
     * This data as a record: each component has the value of the field of its name, or of the name that {@code @JsonProperty}
     * gives it. Without such a field, or if it is null, a primitive component is zero or false, an {@code Optional}, {@code
     * List}, {@code Set} or {@code Map} is empty, and a component of any other type is null; the constructor of the record may
     * replace it by a default. Collections cannot be modified.
     *
     * @throws SessionDecodingException if a field has no value of the component's type; the message names the field, not the
     *         value
     * @throws IllegalArgumentException if the record was not known when the application was built, see {@link SessionRecord}
     */
    public <T extends Record> T as(Class<T> type) {
        if (decoded == null) {
            return RecordView.of(type).read(this);
        }
        RecordView<T> view = RecordView.of(type);
        view.note(this);
        return decoded.record(type, () -> view.read(this));
    }

    /**
     * The value of a field.
     *
     * @return a new object, or empty if there is no such field
     * @throws SessionDecodingException if the value is not of that type, or if Jackson can write that type but not construct
     *         it; the message names field and type, not the value
     */
    public <T> Optional<T> get(String name, Class<T> type) {
        String json = json(name);
        if (json == null) {
            return Optional.empty();
        }
        return decoded == null || !DecodedValues.isImmutable(type) ? Optional.ofNullable(Json.read(name, json, type))
                : decoded.field(name, type, () -> Optional.ofNullable(Json.read(name, json, type)));
    }

    /**
     * The value of a field with a generic type, as in {@code get("cart", new TypeReference<List<Item>>() {})}.
     *
     * @return a new object, or empty if there is no such field
     * @throws SessionDecodingException if the value is not of that type, or if Jackson can write that type but not construct
     *         it; the message names field and type, not the value
     */
    @SuppressWarnings("unchecked")
    public <T> Optional<T> get(String name, TypeReference<T> type) {
        String json = json(name);
        return json == null ? Optional.empty() : Optional.ofNullable((T) Json.readAs(name, json, type.getType()));
    }

    /**
     * The value of a field as an entry of an index.
     *
     * @return empty if there is no such field
     * @throws IllegalArgumentException if the value is no scalar, empty, too long for an index or no valid Unicode; the message
     *         does not repeat it
     */
    public Optional<Reference> reference(String name) {
        String json = json(name);
        if (json == null) {
            return Optional.empty();
        }
        return switch (json.isEmpty() ? ' ' : json.charAt(0)) {
            case '"' -> get(name, String.class).map(value -> new Reference(name, value));
            default -> {
                if (!Json.isNumberOrBoolean(json)) {
                    throw Reference.notScalar(name);
                }
                yield Optional.of(new Reference(name, json));
            }
        };
    }

    /** Whether there is a field of that name. */
    public boolean contains(String name) {
        return json(name) != null;
    }

    /**
     * This data for many requests: values of types that are known to be immutable, and records, are read from their JSON texts
     * once. For the extension.
     */
    public SessionData shared() {
        return fields.isEmpty() || decoded != null || reads != null ? this : new SessionData(fields, null, new DecodedValues());
    }

    /** The names of the fields; unmodifiable. */
    public Set<String> names() {
        noteAll();
        return Collections.unmodifiableSet(fields.keySet());
    }

    /** Whether there is no field. */
    public boolean isEmpty() {
        noteAll();
        return fields.isEmpty();
    }

    /**
     * The fields as plain Java values: strings, numbers, booleans, lists and maps. A new object that shares nothing with this
     * data.
     *
     * @throws SessionDecodingException if a stored text is no JSON
     */
    public Map<String, Object> asMap() {
        noteAll();
        Map<String, Object> values = new LinkedHashMap<>(capacity(fields.size()));
        fields.forEach((name, json) -> values.put(name, Json.readAs(name, json, Object.class)));
        return Collections.unmodifiableMap(values);
    }

    /** The size in bytes of names and values, as stored in UTF-8. */
    public long sizeInBytes() {
        noteAll();
        long size = 0;
        for (Map.Entry<String, String> field : fields.entrySet()) {
            size += Utf8.length(field.getKey()) + Utf8.length(field.getValue());
        }
        return size;
    }

    @Override
    public boolean equals(Object other) {
        noteAll();
        if (this == other) {
            return true;
        }
        if (other instanceof SessionData data) {
            data.noteAll();
            return fields.equals(data.fields);
        }
        return false;
    }

    @Override
    public int hashCode() {
        noteAll();
        return fields.hashCode();
    }

    /** The names of the fields, without the values. */
    @Override
    public String toString() {
        noteAll();
        return "SessionData" + fields.keySet();
    }

    /** This data, with its reads noted by {@code noting}, or not noted if that is null. */
    SessionData notedBy(@Nullable FieldReads noting) {
        return noting == null ? fromChecked(fields) : new SessionData(fields, noting, decoded);
    }

    boolean isNotedBy(FieldReads noting) {
        return reads == noting;
    }

    /** The JSON text of a field, or null. */
    @Nullable
    String json(String name) {
        String json = fields.get(name);
        note(name, json);
        return json;
    }

    /** A copy of the fields, to be changed. The caller {@link #note notes} the fields that it reads. */
    Map<String, String> copyOfFields() {
        return new LinkedHashMap<>(fields);
    }

    /** This data with other fields. */
    SessionData changedTo(Map<String, String> changed) {
        if (changed.size() > fields.size()) {
            checkNumber(changed);
        }
        return reads == null ? fromChecked(changed) : new SessionData(changed, reads, null);
    }

    /** Notes that a field was read, or set, with that JSON text; null if it is absent. */
    void note(String name, @Nullable String json) {
        if (reads != null) {
            reads.note(name, json);
        }
    }

    private void noteAll() {
        if (reads != null) {
            reads.noteAll();
        }
    }

    /** Data with these fields, which nobody changes any more. */
    static SessionData fromChecked(Map<String, String> fields) {
        return fields.isEmpty() ? EMPTY : new SessionData(fields, null, null);
    }

    private static SessionData ofFields(Map<String, String> fields) {
        checkNumber(fields);
        return fromChecked(fields);
    }

    private static void checkNumber(Map<String, String> fields) {
        if (fields.size() > MAX_FIELDS) {
            throw new IllegalArgumentException(
                    "A session has at most " + MAX_FIELDS + " fields, this would have " + fields.size()
                            + ". Keep a map or a list in one field instead");
        }
    }

    private static Map<String, Object> pairs(Object... namesAndValues) {
        Map<String, Object> pairs = new LinkedHashMap<>(capacity(namesAndValues.length / 2));
        for (int i = 0; i < namesAndValues.length; i += 2) {
            String name = (String) namesAndValues[i];
            if (pairs.containsKey(name)) {
                throw new IllegalArgumentException("Session field '" + name + "' is given twice");
            }
            pairs.put(name, namesAndValues[i + 1]);
        }
        return pairs;
    }

    private static void put(Map<String, String> fields, String name, Object value) {
        FieldName.check(name);
        if (value == null) {
            throw new IllegalArgumentException(
                    "The value of session field '" + name + "' is null. Leave the field out, or remove it with without(\""
                            + name
                            + "\")");
        }
        fields.put(name, Json.write(name, value));
    }

    private static int capacity(int size) {
        return size * 4 / 3 + 1;
    }
}
