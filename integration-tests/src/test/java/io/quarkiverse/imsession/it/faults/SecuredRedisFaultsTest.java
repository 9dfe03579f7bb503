package io.quarkiverse.imsession.it.faults;

import static io.quarkiverse.imsession.it.faults.SecuredRedisTestResource.proxy;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.quarkiverse.imsession.test.RedisServer;
import io.quarkiverse.imsession.test.TestCertificate;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;

/** One Redis with a password, over TLS. */
@Tag("packaged")
@QuarkusTest
@TestProfile(SecuredRedisProfile.class)
class SecuredRedisFaultsTest {

    @Test
    void passwordThatIsChangedMattersOnlyToNewConnectionsAndLosesNothing() {
        try (FaultRun run = FaultRun.start("AUTH: password changed", redis())) {
            redis().command("ACL", "SETUSER", SecuredRedisTestResource.USER, "resetpass", ">another");
            run.awaitSuccesses();
            assertThat(run.refusals()).isZero();
            redis().command("CLIENT", "KILL", "USER", SecuredRedisTestResource.USER);
            run.awaitRefusals();
            redis().command("ACL", "SETUSER", SecuredRedisTestResource.USER, ">" + SecuredRedisTestResource.PASSWORD);
            run.faultIsOver();
        }
    }

    @Test
    void serverWithAnotherCertificateIsNotTrustedAndNothingIsLost() {
        try (FaultRun run = FaultRun.start("TLS: certificate not trusted", redis())) {
            proxy().useTls(TestCertificate.create().server());
            redis().command("CLIENT", "KILL", "USER", SecuredRedisTestResource.USER);
            run.awaitRefusals();
            proxy().useTls(SecuredRedisTestResource.certificate().server());
            run.faultIsOver();
        }
    }

    private static RedisServer redis() {
        return proxy().server();
    }
}
