package io.quarkiverse.imsession.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.imsession.test.Visitor;

/** Two tabs of one browser, whose visitor has a session, log in as two users. */
class FormTwoTabsTest extends FormContract {

    private static final int ROUNDS = 10;

    @RegisterExtension
    static final TestApp APP = app();

    @Test
    void usersOfTwoTabsAtOnceNeverShareASession() throws Exception {
        for (int i = 0; i < ROUNDS; i++) {
            Visitor visitor = visitor();
            visitor.get("/set?field=cart&value=tea");
            Visitor ada = visitor.at(address());
            Visitor bob = visitor.at(address());
            CyclicBarrier together = new CyclicBarrier(2);
            CompletableFuture<HttpResponse<String>> first = later(together, ada, "ada", "lovelace");
            CompletableFuture<HttpResponse<String>> second = later(together, bob, "bob", "bobby");
            assertThat(first.get().statusCode()).isIn(302, 409);
            assertThat(second.get().statusCode()).isIn(302, 409);
            assertThat(first.get().statusCode() == 302 || second.get().statusCode() == 302).isTrue();
            assertIsOrAnonymous(ada, first.get().statusCode(), "ada[admin, author]");
            assertIsOrAnonymous(bob, second.get().statusCode(), "bob[]");
        }
    }

    private static CompletableFuture<HttpResponse<String>> later(CyclicBarrier together, Visitor visitor, String user,
            String password) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                together.await();
            } catch (Exception e) {
                throw new AssertionError(e);
            }
            return logIn(visitor, user, password);
        });
    }

    private static void assertIsOrAnonymous(Visitor visitor, int status, String user) {
        assertThat(visitor.get("/who").body()).isIn(status == 302 ? new Object[] { user, "-" } : new Object[] { "-" });
    }
}
