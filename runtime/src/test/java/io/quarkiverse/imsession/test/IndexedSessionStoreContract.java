package io.quarkiverse.imsession.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.imsession.Reference;
import io.quarkiverse.imsession.SessionData;
import io.quarkiverse.imsession.SessionId;
import io.quarkiverse.imsession.spi.IndexedSessionStore;
import io.quarkiverse.imsession.spi.IndexedSessionStore.Found;
import io.quarkiverse.imsession.spi.IndexedSessionStore.Page;
import io.quarkiverse.imsession.spi.NewSession;
import io.quarkiverse.imsession.spi.SessionToken;
import io.quarkiverse.imsession.spi.SessionUpdate;
import io.quarkiverse.imsession.spi.StoredSession;
import io.quarkiverse.imsession.spi.TokenChange;
import io.quarkiverse.imsession.spi.UpdateResult;

/** What every {@link IndexedSessionStore} must do besides. Its references are the fields {@code user_id} and {@code tenant}. */
public abstract class IndexedSessionStoreContract extends SessionStoreContract {

    private static final int ALL = 1000;

    @Override
    protected abstract IndexedSessionStore store();

    @Test
    protected void sessionIsFoundByEachOfItsReferences() {
        String user = unique();
        String tenant = unique();
        SessionToken token = create(SessionData.of("user_id", user, "tenant", tenant, "other", 1));

        assertThat(find("user_id", user)).containsExactly(token.id());
        assertThat(find("tenant", tenant)).containsExactly(token.id());
        assertThat(find("tenant", user)).isEmpty();
        Page page = await(store().find(Reference.of("user_id", user), null, ALL));
        assertThat(page.next()).isNull();
        assertThat(page.sessions()).first()
                .extracting(found -> found.session().data().get("other", Integer.class).orElseThrow())
                .isEqualTo(1);
    }

    @Test
    protected void textNumberAndBooleanAreFoundByTheirText() {
        UUID uuid = UUID.randomUUID();
        int number = Math.abs(uuid.hashCode());
        SessionToken token = create(SessionData.of("user_id", number, "tenant", uuid));
        assertThat(find("user_id", number)).containsExactly(token.id());
        assertThat(find("user_id", Integer.toString(number))).containsExactly(token.id());
        assertThat(find("tenant", uuid)).containsExactly(token.id());
    }

    @Test
    protected void valuesOfAnyCharactersAreKeptApart() {
        String base = unique();
        List<String> values = List.of(base, base + "}", base + "{", "{" + base + "}", base + ":", base + " ", " " + base,
                base + "\n", base + "*",
                base + "?", base + "\u00e9", base + "\ud83d\ude00", base + "\u0000", base.toUpperCase() + "x", base + "\"",
                base + "\\");
        List<SessionToken> tokens = values.stream().map(value -> create(SessionData.of("user_id", value))).toList();
        for (int i = 0; i < values.size(); i++) {
            assertThat(find("user_id", values.get(i))).as(values.get(i)).containsExactly(tokens.get(i).id());
        }
        assertThat(find("tenant", base)).isEmpty();
    }

    @Test
    protected void changedValueMovesTheSession() {
        String before = unique();
        String after = unique();
        SessionToken token = create(SessionData.of("user_id", before));
        update(token, SessionData.of("user_id", after).toJson(), Set.of(), TokenChange.KEEP);

        assertThat(find("user_id", before)).isEmpty();
        assertThat(find("user_id", after)).containsExactly(token.id());
    }

    @Test
    protected void addedAndRemovedFieldEntersAndLeaves() {
        String user = unique();
        SessionToken token = create(SessionData.of("a", 1));
        update(token, SessionData.of("user_id", user).toJson(), Set.of(), TokenChange.KEEP);
        assertThat(find("user_id", user)).containsExactly(token.id());

        update(token, Map.of(), Set.of("user_id"), TokenChange.KEEP);
        assertThat(find("user_id", user)).isEmpty();
        assertThat(load(token)).isNotNull();
    }

    @Test
    protected void destroyedSessionIsNotFound() {
        String user = unique();
        SessionToken token = create(SessionData.of("user_id", user));
        await(store().destroy(token.id()));
        assertThat(find("user_id", user)).isEmpty();
    }

    @Test
    protected void renewalAndTouchKeepTheSessionWhereItIs() {
        String user = unique();
        SessionToken token = create(SessionData.of("user_id", user));
        SessionToken next = newToken();
        update(token, Map.of(), Set.of(), new TokenChange.Renew(next.hash()));
        update(token.id(), next.hash(), Map.of(), Set.of(), TokenChange.KEEP,
                expiry(Duration.ofDays(1), Duration.ofDays(30), null));
        assertThat(find("user_id", user)).containsExactly(token.id());
    }

    @Test
    protected void refusedUpdateMovesNothing() {
        String before = unique();
        String after = unique();
        SessionToken token = create(SessionData.of("user_id", before));
        assertThat(update(token.id(), newToken().hash(), SessionData.of("user_id", after).toJson(), Set.of(), TokenChange.KEEP,
                expiry()))
                .isInstanceOf(UpdateResult.Superseded.class);
        assertThat(find("user_id", before)).containsExactly(token.id());
        assertThat(find("user_id", after)).isEmpty();
    }

    @Test
    protected void pagesHoldEachSessionOnceWhileNothingChanges() {
        String user = unique();
        Set<SessionId> created = new HashSet<>();
        for (int i = 0; i < 25; i++) {
            created.add(create(SessionData.of("user_id", user)).id());
        }
        List<SessionId> found = new ArrayList<>();
        String next = null;
        int pages = 0;
        do {
            Page page = await(store().find(Reference.of("user_id", user), next, 10));
            assertThat(page.sessions()).hasSizeLessThanOrEqualTo(10);
            page.sessions().forEach(session -> found.add(session.id()));
            next = page.next();
            pages++;
        } while (next != null);
        assertThat(found).containsExactlyInAnyOrderElementsOf(created);
        assertThat(pages).isEqualTo(3);
    }

    @Test
    protected void sessionsThatStayAreFoundWhileOthersComeAndGoBetweenThePages() {
        String user = unique();
        List<SessionToken> staying = new ArrayList<>();
        List<SessionToken> leaving = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            staying.add(create(SessionData.of("user_id", user)));
            leaving.add(create(SessionData.of("user_id", user)));
        }
        Set<SessionId> found = new HashSet<>();
        String next = null;
        do {
            Page page = await(store().find(Reference.of("user_id", user), next, 7));
            page.sessions().forEach(session -> found.add(session.id()));
            next = page.next();
            if (!leaving.isEmpty()) {
                await(store().destroy(leaving.remove(0).id()));
                create(SessionData.of("user_id", user));
            }
        } while (next != null);
        assertThat(found).containsAll(staying.stream().map(SessionToken::id).toList());
    }

    @Test
    protected void valueThatIsSetAgainAfterAnotherRequestChangedItIsFound() {
        String here = unique();
        String there = unique();
        SessionToken token = create(SessionData.of("user_id", here));
        StoredSession basis = load(token);
        update(token, SessionData.of("user_id", there).toJson(), Set.of(), TokenChange.KEEP);
        await(store().update(token.id(), new SessionUpdate(basis, token.hash(), SessionData.of("user_id", here).toJson(),
                Set.of(), TokenChange.KEEP, null)));

        assertThat(load(token).data()).isEqualTo(SessionData.of("user_id", here));
        assertThat(find("user_id", here)).containsExactly(token.id());
        assertThat(find("user_id", there)).isEmpty();
    }

    @Test
    protected void sessionThatMovesAwayAndBackInParallelIsAlwaysFoundInTheEnd() throws Exception {
        String here = unique();
        String there = unique();
        SessionToken token = create(SessionData.of("user_id", here));
        StoredSession basis = load(token);
        List<UpdateResult> results = inParallel(i -> () -> store().update(token.id(), new SessionUpdate(basis, token.hash(),
                SessionData.of("user_id", i % 2 == 0 ? there : here).toJson(), Set.of(), TokenChange.KEEP, expiry())));
        assertThat(results).allMatch(UpdateResult.Updated.class::isInstance);

        String value = load(token).data().get("user_id", String.class).orElseThrow();
        assertThat(find("user_id", value)).containsExactly(token.id());
        assertThat(find("user_id", value.equals(here) ? there : here)).isEmpty();
    }

    @Test
    protected void amongAllSessionsAreThoseOfAnyReferenceAndOfNone() {
        Map<SessionId, SessionData> created = new HashMap<>();
        for (int i = 0; i < 100; i++) {
            SessionData data = switch (i % 4) {
                case 0 -> SessionData.of("number", i);
                case 1 -> SessionData.of("number", i, "user_id", unique());
                case 2 -> SessionData.of("number", i, "user_id", unique(), "tenant", "all");
                default -> SessionData.of("number", i, "tenant", "all");
            };
            created.put(create(data).id(), data);
        }
        Map<SessionId, SessionData> found = new HashMap<>();
        allPages(50, page -> page.sessions().forEach(session -> found.put(session.id(), session.session().data())));
        assertThat(found).containsAllEntriesOf(created);
    }

    @Test
    protected void amongAllSessionsThoseThatStayAreFoundWhileOthersComeAndGoBetweenThePages() {
        List<SessionId> staying = new ArrayList<>();
        List<SessionId> leaving = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            staying.add(create(SessionData.of("user_id", unique())).id());
            leaving.add(create(SessionData.of("user_id", unique())).id());
        }
        Set<SessionId> found = new HashSet<>();
        Set<SessionId> gone = new HashSet<>();
        allPages(20, page -> {
            assertThat(page.sessions()).extracting(Found::id).noneMatch(gone::contains);
            page.sessions().forEach(session -> found.add(session.id()));
            if (!leaving.isEmpty()) {
                SessionId ended = leaving.remove(0);
                await(store().destroy(ended));
                gone.add(ended);
                create(SessionData.of("user_id", unique()));
            }
        });
        assertThat(gone).isNotEmpty();
        assertThat(found).containsAll(staying);
    }

    @Test
    protected void allSessionsCanBeEndedPageByPage() {
        List<SessionToken> tokens = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            tokens.add(create(SessionData.of("user_id", unique())));
        }
        allPages(20, page -> page.sessions().forEach(session -> await(store().destroy(session.id()))));
        assertThat(tokens).allSatisfy(token -> assertThat(load(token)).isNull());
        allPages(20, page -> assertThat(page.sessions()).isEmpty());
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "0", "*", "nonsense", "1:2", "0-16383:", "0-16384::0", "2-1::0", "0-16383::x",
            "0-16383:" + "g" + ":0", "1699999999999:AAAAAAAAAAAAAAAAAAAAAA" })
    protected void whatNoPageToldIsNotWhereAPageOfAllSessionsBegins(String after) {
        assertThatIllegalArgumentException().isThrownBy(() -> store().findAll(after, 10))
                .withMessageContaining("pass what the page before told");
    }

    /** Goes through all sessions. */
    protected final void allPages(int limit, Consumer<Page> pages) {
        String next = null;
        do {
            Page page = await(store().findAll(next, limit));
            pages.accept(page);
            next = page.next();
        } while (next != null);
    }

    /** All sessions of a reference, in one page. */
    protected final List<SessionId> find(String field, Object value) {
        return await(store().find(Reference.of(field, value), null, ALL)).sessions().stream().map(Found::id).toList();
    }

    /** A value that no other test uses. */
    protected static String unique() {
        return UUID.randomUUID().toString();
    }

    /** Stores a session without waiting for it. */
    protected final CompletionStage<?> creating(SessionToken token, SessionData data) {
        return store().create(token.id(), new NewSession(token.hash(), data, expiry()));
    }
}
