package io.quarkiverse.imsession.runtime.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

import org.junit.jupiter.api.Test;

import io.quarkiverse.imsession.JournalEntry.Kind;
import io.quarkiverse.imsession.Reference;
import io.quarkiverse.imsession.SessionData;
import io.quarkiverse.imsession.runtime.journal.JournalPlan.Planned;

class JournalPlanTest {

    private static final SessionData NOBODYS = SessionData.of("views", 1);
    private static final SessionData ADAS = SessionData.of("user", "ada", "views", 2);
    private static final SessionData EVES = SessionData.of("user", "eve");
    private static final Reference ADA = Reference.of("user", "ada");
    private static final Reference EVE = Reference.of("user", "eve");

    @Test
    void sessionThatGetsAUserIsALogIn() {
        assertThat(plan(null, ADAS, false)).containsExactly(new Planned(ADA, Kind.LOGGED_IN));
        assertThat(plan(NOBODYS, ADAS, true)).containsExactly(new Planned(ADA, Kind.LOGGED_IN));
        assertThat(plan(NOBODYS, ADAS, false)).containsExactly(new Planned(ADA, Kind.LOGGED_IN));
    }

    @Test
    void newTokenOfTheSameUserIsARenewalAndAnyOtherChangeNothing() {
        assertThat(plan(ADAS, ADAS.with("views", 3), true)).containsExactly(new Planned(ADA, Kind.RENEWED));
        assertThat(plan(ADAS, ADAS.with("views", 3), false)).isEmpty();
    }

    @Test
    void sessionThatLosesItsUserOrEndsIsAnEnd() {
        assertThat(plan(ADAS, null, false)).containsExactly(new Planned(ADA, Kind.ENDED));
        assertThat(plan(ADAS, NOBODYS, false)).containsExactly(new Planned(ADA, Kind.ENDED));
        assertThat(plan(ADAS, NOBODYS, true)).containsExactly(new Planned(ADA, Kind.ENDED));
    }

    @Test
    void sessionThatGoesToAnotherUserIsToldToBoth() {
        assertThat(plan(ADAS, EVES, true)).containsExactly(new Planned(ADA, Kind.ENDED), new Planned(EVE, Kind.LOGGED_IN));
    }

    @Test
    void sessionOfNobodyHasNoJournal() {
        assertThat(plan(null, NOBODYS, false)).isEmpty();
        assertThat(plan(NOBODYS, NOBODYS, true)).isEmpty();
        assertThat(plan(NOBODYS, null, false)).isEmpty();
    }

    @Test
    void numberAndItsTextAreTheSameUser() {
        assertThat(plan(SessionData.of("user", 7), SessionData.of("user", "7"), false)).isEmpty();
    }

    @Test
    void valueThatIsNoReferenceHasNoJournal() {
        assertThat(plan(null, SessionData.of("user", List.of("ada")), false)).isEmpty();
        assertThat(plan(null, SessionData.of("user", "x".repeat(Reference.MAX_VALUE_LENGTH + 1)), false)).isEmpty();
    }

    private static List<Planned> plan(SessionData before, SessionData after, boolean renewed) {
        return JournalPlan.of("user", before, after, renewed);
    }
}
