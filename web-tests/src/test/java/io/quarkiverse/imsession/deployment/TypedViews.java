package io.quarkiverse.imsession.deployment;

import java.util.List;
import java.util.Optional;

import com.fasterxml.jackson.annotation.JsonProperty;

import io.quarkiverse.imsession.SessionRecord;

/** Views of the session by which templates are checked. */
final class TypedViews {

    private TypedViews() {
    }

    @SessionRecord
    record Visit(int views, TemplateResource.User user, List<TemplateResource.Line> cart, Theme theme,
            Optional<String> nick, @JsonProperty("user_id") Long userId, @JsonProperty("a.b") String dotted, String both) {

        Visit {
            theme = theme == null ? Theme.LIGHT : theme;
        }
    }

    /** Does not agree with the other on the type of a field. */
    @SessionRecord
    record Other(int views, int both) {
    }

    enum Theme {
        LIGHT,
        DARK
    }
}
