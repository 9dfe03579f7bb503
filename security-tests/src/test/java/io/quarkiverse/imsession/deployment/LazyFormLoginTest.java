package io.quarkiverse.imsession.deployment;

import org.junit.jupiter.api.extension.RegisterExtension;

/** The same, where the user is only asked for when needed, and sessions are kept in Redis. */
class LazyFormLoginTest extends FormLoginTests {

    @RegisterExtension
    static final TestApp APP = app(FormLoginTests.class).config("quarkus.http.auth.proactive", "false").redis();
}
