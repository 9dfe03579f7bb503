package io.quarkiverse.imsession;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import com.fasterxml.jackson.core.type.TypeReference;

class SharedDataTest {

    private final SessionData data = SessionData.of("name", "a longer name", "count", 1234567, "list", List.of(1, 2)).shared();

    @Test
    void immutableValuesAreReadOnce() {
        assertThat(data.get("name", String.class)).isSameAs(data.get("name", String.class)).contains("a longer name");
        assertThat(data.get("count", Integer.class)).isSameAs(data.get("count", Integer.class)).contains(1234567);
        assertThat(data.get("count", Long.class)).contains(1234567L);
        assertThat(data.get("count", Integer.class)).contains(1234567);
        assertThat(data.get("missing", String.class)).isEmpty();
    }

    @Test
    void valuesThatMayBeMutableAreReadAnewForEachRequest() {
        assertThat(data.get("list", List.class).orElseThrow()).isNotSameAs(data.get("list", List.class).orElseThrow());
        assertThat(data.get("list", new TypeReference<List<Integer>>() {
        }).orElseThrow()).isNotSameAs(data.get("list", new TypeReference<List<Integer>>() {
        }).orElseThrow());
        assertThat(data.asMap()).isNotSameAs(data.asMap());
    }

    @Test
    void changedDataHasItsOwnValues() {
        assertThat(data.get("name", String.class)).contains("a longer name");
        SessionData changed = data.with("name", "other");
        assertThat(changed.get("name", String.class)).contains("other");
        assertThat(data.get("name", String.class)).contains("a longer name");
    }

    @Test
    void readsOfFunctionsAreNotedAlsoIfTheValueIsKnown() {
        data.get("name", String.class);
        FieldReads reads = new FieldReads(data);
        reads.apply(data, seen -> seen.with("copy", seen.get("name", String.class).orElseThrow()));
        assertThat(reads.names()).containsExactly("name");
    }

    @Test
    void sharedDataEqualsTheData() {
        assertThat(data).isEqualTo(SessionData.fromJson(Map.copyOf(data.toJson()))).hasSameHashCodeAs(
                SessionData.fromJson(data.toJson()));
    }
}
