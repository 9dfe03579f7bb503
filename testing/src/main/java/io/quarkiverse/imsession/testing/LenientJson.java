package io.quarkiverse.imsession.testing;

import java.util.Map;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;

import io.quarkiverse.imsession.SessionData;

/** Reads JSON without quotes around names, and with single quotes, which is easier to write in an annotation. */
final class LenientJson {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(JsonReadFeature.ALLOW_SINGLE_QUOTES, JsonReadFeature.ALLOW_UNQUOTED_FIELD_NAMES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS, DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

    private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {
    };

    private LenientJson() {
    }

    /** The fields of an object. */
    static SessionData data(String json) {
        try {
            SessionData data = SessionData.empty();
            for (Map.Entry<String, Object> field : MAPPER.readValue(json, OBJECT).entrySet()) {
                data = data.with(field.getKey(), field.getValue());
            }
            return data;
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("@WithSession(\"" + json
                    + "\") is no JSON object: write one such as {user_id: 1, name: 'Ada'}", e);
        }
    }
}
