package io.quarkiverse.imsession.deployment;

import static org.junit.jupiter.api.Assertions.fail;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class MisspeltTagTest {

    @RegisterExtension
    static final TestApp APP = TemplateContract.app()
            .resource("templates/wrong.html", "<form>\n{#csrf feild='token' /}\n</form>")
            .failsWith("{#csrf /} takes no parameter", "feild", "quarkus.imsession.csrf.field", "[wrong.html:2]");

    @Test
    void isFoundWhenTheApplicationIsBuilt() {
        fail("The application has started");
    }
}
