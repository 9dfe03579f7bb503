package io.quarkiverse.imsession.runtime.oidc;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Times are seconds since the tokens were obtained. */
class RefreshDueTest {

    @ParameterizedTest
    @CsvSource(nullValues = "-", value = {
            // lifetime of the ID token, of the access token, grace, skew, needs access, due from
            "100, -, 0, -, false, 95",
            "100, 10, 0, -, false, 95",
            "100, 10, 0, -, true, 5",
            "100, 50, 0, -, true, 45",
            "100, -, 3, -, false, 98",
            "100, -, 10, -, false, 105",
            "100, -, 0, 20, false, 80",
            "100, 50, 0, 20, false, 30",
            "100, -, 0, 2, false, 95",
            "10, -, 0, 60, false, 5",
            "4, -, 0, -, false, 2",
            "1, -, 0, -, false, 1" })
    void refreshIsDueALittleBeforeTheMechanismWouldDoIt(long id, Long access, long grace, Long skew, boolean needsAccess,
            long from) {
        RefreshDue due = new RefreshDue(true, grace, skew, needsAccess);
        TokenSet set = new TokenSet("q_session", 0, 0, id, access, true, 0, 0, false, "{}");
        assertThat(due.isDue(set, from * 1000 - 1)).isFalse();
        assertThat(due.isDue(set, from * 1000)).isTrue();
    }

    @ParameterizedTest
    @CsvSource(nullValues = "-", value = {
            // lifetime of the ID token, of the access token, grace, valid before
            "100, -, 0, 99",
            "100, 50, 0, 49",
            "50, 100, 0, 49",
            "100, -, 10, 109" })
    void requestGoesOnWithTokensThatDoNotExpireBeforeTheyAreUsed(long id, Long access, long grace, long before) {
        RefreshDue due = new RefreshDue(true, grace, 20L, false);
        TokenSet set = new TokenSet("q_session", 0, 0, id, access, true, 0, 0, false, "{}");
        assertThat(due.isValid(set, before * 1000 - 1)).isTrue();
        assertThat(due.isValid(set, before * 1000)).isFalse();
    }

    @Test
    void tokensThatCannotBeRefreshedAreNeverDue() {
        TokenSet set = new TokenSet("q_session", 0, 0, 1, null, false, 0, 0, false, "{}");
        assertThat(new RefreshDue(true, 0, null, false).isDue(set, 10_000)).isFalse();
        TokenSet refreshable = new TokenSet("q_session", 0, 0, 1, null, true, 0, 0, false, "{}");
        assertThat(new RefreshDue(false, 0, null, false).isDue(refreshable, 10_000)).isFalse();
    }
}
