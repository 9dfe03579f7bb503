package io.quarkiverse.imsession.deployment;

import org.junit.jupiter.api.extension.RegisterExtension;

class FormLoginTest extends FormLoginTests {

    @RegisterExtension
    static final TestApp APP = app(FormLoginTests.class);
}
