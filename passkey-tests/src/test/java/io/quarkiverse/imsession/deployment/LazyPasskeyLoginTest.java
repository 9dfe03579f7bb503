package io.quarkiverse.imsession.deployment;

import org.junit.jupiter.api.extension.RegisterExtension;

/** The same, where the user is only asked for when needed, and sessions are kept in Redis. */
class LazyPasskeyLoginTest extends PasskeyLoginTests {

    @RegisterExtension
    static final TestApp APP = app(PasskeyLoginTests.class).config("quarkus.http.auth.proactive", "false").redis();
}
