package io.quarkiverse.imsession.it.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;

import org.junit.jupiter.api.Test;

/** Redis may lose what is asked for from 100 to 200. */
class LedgerTest {

    private static final Map<String, String> DATA = Map.of(Ledger.OWNER, "somebody");
    private static final String FIRST = "session.first";
    private static final String SECOND = "session.second";

    private final Findings findings = new Findings();
    private final Ledger ledger = new Ledger("somebody", FIRST, 50, findings);

    LedgerTest() {
        findings.mayLoseSince(100);
        findings.mayLoseUntil(200);
    }

    @Test
    void renewalMayBeLostInTheWindowButNotTheSession() {
        ledger.replaceToken(SECOND, 150);

        ledger.missing();
        assertThat(findings.wrong()).isEmpty();
        ledger.found(FIRST);
        ledger.check(DATA, 300);
        assertThat(findings.wrong()).isEmpty();
        assertThat(findings.lost()).isOne();

        ledger.gone();
        assertThat(findings.wrong()).containsExactly("session session is gone");
    }

    @Test
    void renewalOutsideOfTheWindowMustStay() {
        ledger.replaceToken(SECOND, 250);

        ledger.missing();
        ledger.found(FIRST);

        assertThat(findings.wrong()).containsExactly("session session was not there",
                "session session is there, but not with the token of its last renewal");
    }

    @Test
    void changeBeforeALostRenewalMustStay() {
        ledger.trying(1);
        ledger.acknowledge(1, 60);
        ledger.replaceToken(SECOND, 150);

        ledger.found(FIRST);
        ledger.check(DATA, 300);

        assertThat(findings.wrong()).containsExactly("session session has f1=0, but 1 was acknowledged");
    }

    @Test
    void refusedChangeThatIsThereMustStayUnlessOnlyAcknowledgedOnesDo() {
        ledger.trying(1);
        ledger.check(Map.of(Ledger.OWNER, "somebody", "f1", "1"), 60);
        ledger.check(DATA, 300);
        assertThat(findings.wrong()).containsExactly("session session has f1=0, but 1 was acknowledged");

        Findings replicated = new Findings();
        replicated.refusedMayVanish();
        Ledger other = new Ledger("somebody", FIRST, 50, replicated);
        other.trying(1);
        other.check(Map.of(Ledger.OWNER, "somebody", "f1", "1"), 60);
        other.check(DATA, 300);
        assertThat(replicated.wrong()).isEmpty();
        other.trying(6);
        other.acknowledge(6, 310);
        other.check(DATA, 320);
        assertThat(replicated.wrong()).containsExactly("session session has f1=0, but 6 was acknowledged");
    }

    @Test
    void endedSessionMustNotBeReachedByAnyOfItsTokens() {
        ledger.replaceToken(SECOND, 60);
        ledger.ended(70);

        ledger.found(FIRST);

        assertThat(findings.wrong()).contains("session session was ended, and is there");
    }

    @Test
    void sessionOfTheWindowMayBeLostWithItsChanges() {
        Ledger later = new Ledger("somebody", FIRST, 120, findings);
        later.trying(1);
        later.acknowledge(1, 130);

        later.missing();
        later.gone();

        assertThat(findings.wrong()).isEmpty();
        assertThat(findings.lost()).isEqualTo(2);
    }
}
