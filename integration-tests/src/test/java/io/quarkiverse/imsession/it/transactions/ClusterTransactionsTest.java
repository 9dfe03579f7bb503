package io.quarkiverse.imsession.it.transactions;

import static io.quarkiverse.imsession.it.faults.ClusterTestResource.redis;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.quarkiverse.imsession.it.Client;
import io.quarkiverse.imsession.it.faults.ClusterProfile;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;

@Tag("full")
@Tag("packaged")
@QuarkusTest
@TestProfile(ClusterProfile.class)
class ClusterTransactionsTest extends TransactionsContract {

    @Test
    void forgottenScriptsAreSentAgainAndASlotThatMovesIsFollowedSoAllIncrementsAreCounted() throws Exception {
        String token = begin();
        String key = redis().keys().stream().filter(name -> name.contains(Client.id(token))).findFirst()
                .orElseThrow();
        try (Crowd crowd = start(token, Crowd.ALL, "field", SOME)) {
            crowd.awaitAnswers(Crowd.CLIENTS * SOME / 4);
            redis().nodes().forEach(node -> node.command("SCRIPT", "FLUSH"));
            crowd.awaitAnswers(Crowd.CLIENTS * SOME / 2);
            redis().moveSlot(key,
                    redis().nodes().stream().filter(node -> node != redis().owner(key)).findFirst().orElseThrow());
            crowd.join();
            assertThat(crowd.wrong()).isEmpty();
            assertThat(crowd.refused()).isZero();
            assertThat(crowd.answers()).isEqualTo(Crowd.CLIENTS * SOME);
            assertThat(crowd.unknown()).isZero();
        }
        assertThat(totals(token)).contains(" field=" + Crowd.CLIENTS * SOME + " ");
    }
}
