package io.quarkiverse.imsession.runtime.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.imsession.Reference;
import io.quarkiverse.imsession.SessionData;
import io.quarkiverse.imsession.SessionId;
import io.quarkiverse.imsession.spi.DestroyResult;
import io.quarkiverse.imsession.spi.IndexedSessionStore.Page;
import io.quarkiverse.imsession.spi.IndexedSessionStore.Scan;
import io.quarkiverse.imsession.spi.NewSession;
import io.quarkiverse.imsession.spi.Presented;
import io.quarkiverse.imsession.spi.Replaced;
import io.quarkiverse.imsession.spi.SessionToken;
import io.quarkiverse.imsession.spi.StoredSession;
import io.quarkiverse.imsession.spi.TokenChange;
import io.quarkiverse.imsession.spi.TokenState;
import io.quarkiverse.imsession.testing.IndexedSessionStoreContract;

/** What the stores do that come with the extension, beyond what every store must do. */
public abstract class BuiltInStoreContract extends IndexedSessionStoreContract {

    @Test
    protected void tokensOfASessionThatWasReplacedAreKnownForAWhile() {
        String user = unique();
        SessionToken token = create(SessionData.of("user_id", user, "a", 1));
        Presented presented = presented(token);
        SessionToken rotated = token.renew(new SecureRandom());
        update(token, Map.of("@label", "phone"), Set.of(), new TokenChange.Rotate(rotated.hash(), LONG_GRACE, Duration.ZERO));
        SessionToken other = replace(token.id(), presented, LONG_GRACE);

        for (StoredSession left : List.of(load(token), await(store().load(token.id(), Set.of("a"))))) {
            assertThat(left.isReplaced()).isTrue();
            assertThat(left.data()).isEqualTo(SessionData.empty());
            assertThat(left.attributes()).isEmpty();
            assertThat(left.token().check(token.hash(), left.now())).isEqualTo(TokenState.Check.REPLACED);
            assertThat(left.token().check(rotated.hash(), left.now())).isEqualTo(TokenState.Check.REPLACED);
            assertThat(left.token().check(token.renew(new SecureRandom()).hash(), left.now()))
                    .isEqualTo(TokenState.Check.WRONG);
            assertThat(left.token().check(token.hash(), left.now().plus(LONG_GRACE))).isEqualTo(TokenState.Check.WRONG);
        }
        assertThat(all()).contains(other.id()).doesNotContain(token.id());
        assertThat(await(store().find(Reference.of("user_id", user), null, 10, null)).sessions()).isEmpty();
        assertThat(await(store().destroyAll(Reference.of("user_id", user), null, id -> {
        }))).isZero();
        List<SessionId> ended = new ArrayList<>();
        await(store().destroyEverySession(ended::add));
        assertThat(ended).contains(other.id()).doesNotContain(token.id());
        assertThat(load(token).isReplaced()).isTrue();
    }

    @Test
    protected void aSessionIsReplacedOnlyOnce() throws Exception {
        SessionToken token = create(SessionData.of("a", 1));
        Presented presented = presented(token);
        List<SessionToken> others = Stream.generate(this::newToken).limit(PARALLEL).toList();
        List<Replaced> results = others.stream().map(other -> store().replace(token.id(), presented, LONG_GRACE, other.id(),
                new NewSession(other.hash(), SessionData.empty(), expiry()))).toList().stream().map(stage -> await(stage))
                .toList();

        assertThat(results).filteredOn(result -> result.old() == DestroyResult.DESTROYED).hasSize(1);
        assertThat(results).filteredOn(new Replaced(DestroyResult.SUPERSEDED, null)::equals).hasSize(PARALLEL - 1);
        assertThat(others.stream().map(this::load).filter(Objects::nonNull)).hasSize(1);
        assertThat(await(store().destroy(token.id(), presented))).as("a log-out").isEqualTo(DestroyResult.SUPERSEDED);
    }

    @Test
    protected void nothingIsLeftOfASessionThatWasReplacedOnceTheGraceIsOver() {
        SessionToken token = create(SessionData.of("a", 1));
        replace(token.id(), presented(token), SHORT_GRACE);
        Awaitility.await().until(() -> load(token) == null);

        SessionToken second = create(SessionData.of("a", 1));
        replace(second.id(), presented(second), Duration.ZERO);
        assertThat(load(second)).isNull();
    }

    private List<SessionId> all() {
        List<SessionId> all = new ArrayList<>();
        String next = null;
        do {
            Page page = await(store().findAll(next, 1000));
            page.sessions().forEach(found -> all.add(found.id()));
            next = page.next();
        } while (next != null);
        return all;
    }

    private SessionToken replace(SessionId old, Presented presented, Duration grace) {
        SessionToken other = newToken();
        assertThat(await(store().replace(old, presented, grace, other.id(),
                new NewSession(other.hash(), SessionData.empty(), expiry()))).old()).isEqualTo(DestroyResult.DESTROYED);
        return other;
    }

    @Test
    protected void pagesAreFullButTheLastOne() {
        String user = unique();
        createMany(25, () -> SessionData.of("user_id", user));
        List<Integer> sizes = new ArrayList<>();
        String next = null;
        do {
            Page page = await(store().find(Reference.of("user_id", user), next, 10, null));
            sizes.add(page.sessions().size());
            next = page.next();
        } while (next != null);
        assertThat(sizes).containsExactly(10, 10, 5);
    }

    @Test
    protected void scanHasNoMorePagesThanThereAre() {
        String user = unique();
        createMany(25, () -> SessionData.of("user_id", user));
        Scan scan = store().scan(Reference.of("user_id", user), 10, null);
        assertThat(await(scan.next()).next()).isNotNull();
        assertThat(await(scan.next()).next()).isNotNull();
        assertThat(await(scan.next()).next()).isNull();
        assertThat(await(store().scan(Reference.of("user_id", unique()), 10, null).next()))
                .isEqualTo(new Page(List.of(), null));
    }

    @Test
    protected void pageThatBeginsNowhereIsRefused() {
        for (String after : List.of("", "*", "7", "1:2", "-1:" + newToken().id(), ":" + newToken().id())) {
            assertThatThrownBy(() -> await(store().find(Reference.of("user_id", 1), after, 1000, null))).as(after)
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "0", "*", "nonsense", "1:2", "0-16383:", "0-16384::0", "2-1::0", "0-16383::x",
            "0-16383:" + "g" + ":0", "1699999999999:AAAAAAAAAAAAAAAAAAAAAA" })
    protected void whatNoPageToldIsNotWhereAPageOfAllSessionsBegins(String after) {
        assertThatIllegalArgumentException().isThrownBy(() -> store().findAll(after, 10))
                .withMessageContaining("pass what the page before told");
    }
}
