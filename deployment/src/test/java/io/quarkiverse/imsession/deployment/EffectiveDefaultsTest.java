package io.quarkiverse.imsession.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import java.util.List;
import java.util.logging.Level;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class EffectiveDefaultsTest {

    @RegisterExtension
    static final TestApp APP = TestApp.of(Routes.class, HeaderThenCookieResolver.class, ClockedStore.class,
            ClockedStore.SettableClock.class).logs(Level.INFO, EffectiveDefaultsTest::defaultsAreLogged);

    /** Checked when the application has ended. */
    private static void defaultsAreLogged(List<String> lines) {
        assertThat(lines).filteredOn(line -> line.startsWith("Sessions: "))
                .containsExactly("Sessions: store of the application,"
                        + " timeout PT24H, absolute timeout none, renewal rotate, touch interval none, resolvers of the application,"
                        + " cookie connsid; Path=/; HttpOnly; SameSite=Lax; Max-Age, tokens not signed, csrf origin");
    }

    @Test
    void defaultsAndBeansOfTheApplicationAreLoggedAtTheStartToo() {
        Client.get("/read", null).then().statusCode(200).body(equalTo("no session"));
    }
}
