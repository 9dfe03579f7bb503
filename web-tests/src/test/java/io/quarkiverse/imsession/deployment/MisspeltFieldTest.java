package io.quarkiverse.imsession.deployment;

import static org.junit.jupiter.api.Assertions.fail;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class MisspeltFieldTest {

    @RegisterExtension
    static final TestApp APP = TypedTemplateTest.withViews(TemplateContract.app())
            .resource("templates/wrong.html", "Hello\n{session:veiws}\n{#for line in session:cart}\n{line.produkt}{/for}\n"
                    + "{session:both.length}\n{session:user.age}")
            .failsWith("{session:veiws}",
                    "[veiws] not found on class [io.quarkiverse.imsession.templates.FieldsOfSessionRecords]",
                    "wrong.html:2:1", "[produkt] not found", "wrong.html:4:1", "{session:both.length}",
                    "{session:user.age}");

    @Test
    void isFoundWhenTheApplicationIsBuilt() {
        fail("The application has started");
    }
}
