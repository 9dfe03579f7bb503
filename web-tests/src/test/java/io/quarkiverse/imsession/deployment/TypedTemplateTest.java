package io.quarkiverse.imsession.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class TypedTemplateTest extends TemplateContract {

    @RegisterExtension
    static final TestApp APP = withViews(app()).resource("templates/typed.html",
            "{session:theme.name}{session:nick}{session:user_id}{session:both}{session:principal.length}{#for line in session:cart}{line.product}{/for}");

    static TestApp withViews(TestApp app) {
        return app.with(TypedViews.class, TypedViews.Visit.class, TypedViews.Other.class, TypedViews.Theme.class);
    }

    @Test
    void enumsAreComparedByTheNamesOfTheirConstants() {
        assertThat(render("{#if session:theme.name == 'LIGHT'}a{/if}{#when session:theme}{#is LIGHT}b{#is DARK}c{/when}"
                + "{#if session:theme == 'LIGHT'}d{/if}", null)).isEqualTo("ab");
    }

    @Test
    void fieldsHaveTheDefaultsOfTheirRecord() {
        assertThat(render("[{session:theme}][{session:views}][{session:nick}][{session:nick ?: 'none'}][{session:user_id}]",
                null)).isEqualTo("[LIGHT][0][][none][]");
    }
}
