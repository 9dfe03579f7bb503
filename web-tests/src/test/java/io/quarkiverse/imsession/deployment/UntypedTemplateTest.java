package io.quarkiverse.imsession.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class UntypedTemplateTest extends TemplateContract {

    @RegisterExtension
    static final TestApp APP = app();

    @Test
    void anyFieldIsReadAndAMissingOneIsNothing() {
        String token = Client.token(Client.get("/login", null));
        assertThat(render("[{session:nothing}][{session:nothing ?: 'none'}][{session:cart.size}]", token))
                .isEqualTo("[][none][2]");
    }
}
