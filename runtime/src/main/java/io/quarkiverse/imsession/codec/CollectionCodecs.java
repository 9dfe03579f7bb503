package io.quarkiverse.imsession.codec;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;

/**
 * The codecs of types that contain other values. Collections that are read cannot be modified. A missing collection is empty.
 */
final class CollectionCodecs {

    private CollectionCodecs() {
    }

    private abstract static class Elements<C extends Collection<E>, E> extends ValueCodec<C> {

        private final ValueCodec<E> element;

        Elements(ValueCodec<E> element) {
            this.element = element;
        }

        <M extends Collection<@Nullable E>> M readInto(M collection, JsonParser parser) throws IOException {
            expect(JsonToken.START_ARRAY, parser);
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                collection.add(element.readNullable(parser));
            }
            return collection;
        }

        @Override
        final void write(C values, JsonGenerator out) throws IOException {
            out.writeStartArray(values, values.size());
            for (E value : values) {
                element.writeNullable(value, out);
            }
            out.writeEndArray();
        }
    }

    static final class Lists<E> extends Elements<List<E>, E> {

        Lists(ValueCodec<E> element) {
            super(element);
        }

        @Override
        public List<E> missing() {
            return List.of();
        }

        @Override
        List<E> read(JsonParser parser) throws IOException {
            return Collections.unmodifiableList(readInto(new ArrayList<>(), parser));
        }
    }

    static final class Sets<E> extends Elements<Set<E>, E> {

        Sets(ValueCodec<E> element) {
            super(element);
        }

        @Override
        public Set<E> missing() {
            return Set.of();
        }

        @Override
        Set<E> read(JsonParser parser) throws IOException {
            return Collections.unmodifiableSet(readInto(new LinkedHashSet<>(), parser));
        }
    }

    static final class Maps<K, V> extends ValueCodec<Map<K, V>> {

        private final Function<String, K> key;
        private final ValueCodec<V> element;

        Maps(Function<String, K> key, ValueCodec<V> element) {
            this.key = key;
            this.element = element;
        }

        @Override
        public Map<K, V> missing() {
            return Map.of();
        }

        @Override
        Map<K, V> read(JsonParser parser) throws IOException {
            expect(JsonToken.START_OBJECT, parser);
            Map<K, @Nullable V> map = new LinkedHashMap<>();
            for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
                parser.nextToken();
                map.put(key.apply(name), element.readNullable(parser));
            }
            return Collections.unmodifiableMap(map);
        }

        /** The entries are ordered by key, as equal maps must have equal texts. */
        @Override
        void write(Map<K, V> map, JsonGenerator out) throws IOException {
            out.writeStartObject(map, map.size());
            for (Map.Entry<K, V> entry : (map instanceof SortedMap ? map : new TreeMap<>(map)).entrySet()) {
                K name = entry.getKey();
                out.writeFieldName(name instanceof Enum<?> constant ? constant.name() : name.toString());
                element.writeNullable(entry.getValue(), out);
            }
            out.writeEndObject();
        }
    }

    static final class Optionals<E> extends ValueCodec<Optional<E>> {

        private final ValueCodec<E> element;

        Optionals(ValueCodec<E> element) {
            this.element = element;
        }

        @Override
        public Optional<E> missing() {
            return Optional.empty();
        }

        @Override
        @SuppressWarnings("OptionalAssignedToNull") // Records can have that.
        public boolean isLeftOut(@Nullable Optional<E> value) {
            return value == null || value.isEmpty();
        }

        @Override
        public Optional<E> parse(String json) throws IOException {
            return json.equals("null") ? missing() : Optional.ofNullable(element.parse(json));
        }

        @Override
        public String format(Optional<E> value) throws IOException {
            return element.format(value.orElseThrow());
        }

        @Override
        Optional<E> read(JsonParser parser) throws IOException {
            return Optional.of(element.read(parser));
        }

        @Override
        void write(Optional<E> value, JsonGenerator out) throws IOException {
            element.writeNullable(value.orElseThrow(), out);
        }
    }
}
