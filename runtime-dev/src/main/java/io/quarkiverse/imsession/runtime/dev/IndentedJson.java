package io.quarkiverse.imsession.runtime.dev;

import java.util.Map;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.quarkiverse.imsession.SessionData;

/** Formats the data of a session for the reader. The server does this, as JavaScript would round some numbers. */
final class IndentedJson {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS, DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .defaultPrettyPrinter(new DefaultPrettyPrinter()
                    .withSeparators(Separators.createDefaultInstance()
                            .withObjectFieldValueSpacing(Separators.Spacing.AFTER)
                            .withObjectEmptySeparator("").withArrayEmptySeparator("")))
            .build();

    private IndentedJson() {
    }

    static String of(SessionData data) {
        ObjectNode fields = MAPPER.createObjectNode();
        for (Map.Entry<String, String> field : data.toJson().entrySet()) {
            fields.set(field.getKey(), node(field.getValue()));
        }
        try {
            return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(fields);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("The data of a session cannot be shown: " + e.getClass().getSimpleName(), e);
        }
    }

    /** A text that is no JSON, which only a damaged store has, is shown as a string. */
    private static JsonNode node(String json) {
        try {
            return MAPPER.readTree(json);
        } catch (JsonProcessingException e) {
            return MAPPER.getNodeFactory().textNode(json);
        }
    }
}
