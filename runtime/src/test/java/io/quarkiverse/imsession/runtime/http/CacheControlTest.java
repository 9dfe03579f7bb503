package io.quarkiverse.imsession.runtime.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.vertx.core.MultiMap;

class CacheControlTest {

    /** Lines are separated by bars. */
    @ParameterizedTest
    @ValueSource(strings = { "no-store", "private", "NO-STORE", "Private", "no-store, max-age=0", "max-age=60, private",
            "max-age=60,private", " private ", "private ;x|private", "max-age=60|private", "public|no-store", "public, private",
            "ext=\"a, b\", private", "ext=\"a\\\"\", private", "ext=\"\\\\\", no-store", "private=\"set-cookie\", private",
            "no-cache=\"a, b\", no-store", ",,no-store,,", "private, s-maxage=60" })
    void whatForbidsSharedCachingIsLeftAsItIs(String lines) {
        List<String> set = Arrays.asList(lines.split("\\|"));
        assertThat(forbid(set)).isEqualTo(set);
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "public", "max-age=60", "public, max-age=60", "no-cache", "must-revalidate", "s-maxage=0",
            "private=\"x-foo\"", "private=\"set-cookie\"", "private=x-foo", "private=", "private = \"x\"", "x-private",
            "private-x", "not-private", "no-store-x", "x-no-store", "no-storex", "no_store", "no store", "no-store=1",
            "ext=\"no-store\"", "ext=\"a, no-store\"", "ext=\"a, private, b\"", "ext=\"a\\\", private\"", "ext=\"a, private",
            "ext=no-store", "community=private", "public|max-age=60", "ext=\"a|private\"", "ext=\"a|no-store|b\"",
            "private=\"a|private\"", "'private'", "\"private\"", "\"no-store\"", "private;x" })
    void whatDoesNotIsReplaced(String lines) {
        assertThat(forbid(Arrays.asList(lines.split("\\|")))).containsExactly("no-store");
    }

    @Test
    void withoutAnyNothingIsStored() {
        assertThat(forbid(List.of())).containsExactly("no-store");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = { "a; b=c;d | a/b=c/d", "a;b=\"x;y\" | a/b=\"x;y\"",
            "a;b=\"x\\\";y\";c | a/b=\"x\\\";y\"/c",
            "; | /", "a;b=\"x;y | a/b=\"x;y", "a;b=\"x\\ | a/b=\"x\\" })
    void nothingSeparatesInAQuotedString(String value, String parts) {
        assertThat(String.join("/", HeaderParts.split(value, ';'))).isEqualTo(parts);
    }

    private static List<String> forbid(List<String> lines) {
        MultiMap headers = MultiMap.caseInsensitiveMultiMap().add("Cache-Control", lines);
        CacheControl.forbidShared(headers);
        return headers.getAll("cache-control");
    }
}
