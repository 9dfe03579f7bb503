package io.quarkiverse.imsession.deployment;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The same, where the user is only asked for when needed, and sessions are kept in Redis. */
@Tag("further")
class LazyFormLoginTest extends FormLoginTests {

    @RegisterExtension
    static final TestApp APP = app(FormLoginTests.class).config("quarkus.http.auth.proactive", "false").redis();
}
