package io.quarkiverse.imsession.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import com.fasterxml.jackson.annotation.JsonProperty;

import io.quarkiverse.imsession.SessionData;
import io.quarkiverse.imsession.SessionDecodingException;
import io.quarkiverse.imsession.SessionEncodingException;

/** Records as views of the data of a session. */
class RecordViewTest {

    record Visit(String user, int views) {
    }

    record Profile(String name, int age) {
    }

    record Account(@JsonProperty("user_id") Long userId, Optional<Profile> profile, List<String> tags, boolean verified) {
    }

    enum Theme {
        SYSTEM,
        DARK
    }

    record Settings(Theme theme, Integer pageSize) {
        Settings {
            theme = theme == null ? Theme.SYSTEM : theme;
            pageSize = pageSize == null ? 20 : pageSize;
        }
    }

    record Strict(String name) {
        Strict {
            if (name == null) {
                throw new IllegalStateException("no name");
            }
        }
    }

    record Unknown(int a) {
    }

    @BeforeAll
    static void generate() {
        GeneratedCodecs.of(RecordViewTest.class, Visit.class, Account.class, Settings.class, Strict.class);
    }

    @Test
    void componentsAreFieldsThatUntypedAccessReadsAndWrites() {
        SessionData data = SessionData.of(new Visit("ada", 3));
        assertThat(data).isEqualTo(SessionData.of("user", "ada", "views", 3));
        assertThat(data.with("views", 4).as(Visit.class)).isEqualTo(new Visit("ada", 4));
        assertThat(SessionData.of("user_id", 7).as(Account.class).userId()).isEqualTo(7);
    }

    @Test
    void missingFieldsAndNullsAreZeroEmptyOrNull() {
        assertThat(SessionData.empty().as(Visit.class)).isEqualTo(new Visit(null, 0));
        assertThat(SessionData.empty().as(Account.class))
                .isEqualTo(new Account(null, Optional.empty(), List.of(), false));
        assertThat(SessionData.fromJson(Map.of("tags", "null", "profile", "null", "verified", "null", "user_id", "null"))
                .as(Account.class)).isEqualTo(new Account(null, Optional.empty(), List.of(), false));
    }

    @Test
    void theConstructorMakesDefaultsAndOnlyChangesAreStored() {
        assertThat(SessionData.empty().as(Settings.class)).isEqualTo(new Settings(Theme.SYSTEM, 20));
        SessionData data = SessionData.empty().update(Settings.class, s -> new Settings(s.theme(), 50));
        assertThat(data).isEqualTo(SessionData.of("pageSize", 50));
    }

    @Test
    void whatTheConstructorRefusesIsItsOwnException() {
        assertThatThrownBy(() -> SessionData.empty().as(Strict.class)).isInstanceOf(IllegalStateException.class)
                .hasMessage("no name");
    }

    @Test
    void settingWritesAllComponentsAndKeepsOtherFields() {
        SessionData data = SessionData.of("other", "x", "user", "ada").with(new Visit("bob", 0));
        assertThat(data).isEqualTo(SessionData.of("other", "x", "user", "bob", "views", 0));
    }

    @Test
    void nullAndEmptyOptionalsRemoveFieldsAndEmptyCollectionsDoNot() {
        SessionData full = SessionData.of(new Account(7L, Optional.of(new Profile("Ada", 36)), List.of("a"), true));
        SessionData less = full.with(new Account(null, Optional.empty(), List.of(), false));
        assertThat(less.toJson()).isEqualTo(Map.of("tags", "[]", "verified", "false"));
        assertThat(full.update(Account.class, a -> new Account(null, Optional.empty(), a.tags(), a.verified())).toJson())
                .isEqualTo(Map.of("tags", "[\"a\"]", "verified", "true"));
    }

    @Test
    void updatingLeavesFieldsAloneWhoseComponentsStay() {
        SessionData data = SessionData.fromJson(Map.of("views", " 7 ", "other", "1"));
        SessionData updated = data.update(Visit.class, v -> new Visit("ada", v.views()));
        assertThat(updated.toJson()).isEqualTo(Map.of("views", " 7 ", "other", "1", "user", "\"ada\""));
        assertThat(data.update(Visit.class, v -> v)).isSameAs(data);
        assertThat(data.update(Visit.class, v -> new Visit(v.user(), v.views()))).isEqualTo(data);
    }

    @Test
    void whatANewerVersionHasStoredInAValueStaysUnlessTheValueChanges() {
        SessionData newer = SessionData.fromJson(Map.of("profile", "{\"name\":\"Ada\",\"age\":36,\"born\":1815}"));
        Account same = newer.as(Account.class);
        assertThat(newer.with(same).toJson().get("profile")).contains("1815");
        assertThat(newer.update(Account.class, a -> new Account(7L, a.profile(), a.tags(), a.verified())).toJson()
                .get("profile")).contains("1815");
        assertThat(newer.with(new Account(7L, Optional.of(new Profile("Bob", 1)), List.of(), true)).toJson())
                .containsEntry("profile", "{\"name\":\"Bob\",\"age\":1}");
    }

    @Test
    void settingOverwritesWhatCannotBeReadAndUpdatingDoesNot() {
        SessionData broken = SessionData.of("views", "many");
        assertThat(broken.with(new Visit("ada", 1)).as(Visit.class)).isEqualTo(new Visit("ada", 1));
        assertThatThrownBy(() -> broken.update(Visit.class, v -> new Visit("ada", 1)))
                .isInstanceOf(SessionDecodingException.class).hasMessageContaining("'views'").message().doesNotContain("many");
    }

    @Test
    void laterChangesOfACollectionDoNotReachTheData() {
        List<String> tags = new ArrayList<>(List.of("a"));
        SessionData data = SessionData.of(new Account(1L, Optional.empty(), tags, false));
        tags.add("b");
        assertThat(data.as(Account.class).tags()).containsExactly("a").isUnmodifiable();
    }

    @Test
    void aFunctionThatReturnsNullIsNamed() {
        assertThatThrownBy(() -> SessionData.empty().update(Visit.class, v -> null))
                .isInstanceOf(NullPointerException.class).hasMessageContaining(Visit.class.getName());
    }

    @Test
    void whatCannotBeWrittenNamesTheFieldAndNotTheValue() {
        List<String> failing = new ArrayList<>(List.of("secret")) {
            @Override
            public int size() {
                throw new IllegalStateException("secret");
            }
        };
        assertThatThrownBy(() -> SessionData.of(new Account(1L, Optional.empty(), failing, false)))
                .isInstanceOf(SessionEncodingException.class).hasMessageContaining("'tags'").message()
                .doesNotContain("secret");
    }

    @Test
    void aRecordThatTheBuildDidNotKnowIsNamedWithTheMend() {
        assertThatThrownBy(() -> SessionData.empty().as(Unknown.class)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll(Unknown.class.getName(), "@SessionRecord");
        assertThatThrownBy(() -> SessionData.of(new Unknown(1))).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll(Unknown.class.getName(), "@SessionRecord");
    }
}
