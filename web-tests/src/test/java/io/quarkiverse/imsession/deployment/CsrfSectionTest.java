package io.quarkiverse.imsession.deployment;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.quarkiverse.imsession.runtime.templates.CsrfSection;
import io.quarkus.qute.Engine;
import io.quarkus.qute.TemplateException;

class CsrfSectionTest {

    private final Engine engine = Engine.builder().addDefaults().addSectionHelper(new CsrfSection()).build();

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = { "{#csrf field='x' /} | takes no parameter", "{#csrf field /} | takes no parameter",
            "{#csrf}text{/csrf} | encloses nothing", "{#csrf} | unterminated section [csrf]", "{#crsf /} | {#crsf" })
    void tagThatIsWrongFailsWithTheLine(String template, String reason) {
        assertThatThrownBy(() -> engine.parse("<form>\n" + template)).isInstanceOf(TemplateException.class)
                .hasMessageContaining(reason)
                .extracting(failure -> ((TemplateException) failure).getOrigin().getLine()).isEqualTo(2);
    }
}
