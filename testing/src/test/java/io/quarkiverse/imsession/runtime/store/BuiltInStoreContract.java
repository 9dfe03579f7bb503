package io.quarkiverse.imsession.runtime.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.imsession.Reference;
import io.quarkiverse.imsession.SessionData;
import io.quarkiverse.imsession.spi.IndexedSessionStore.Page;
import io.quarkiverse.imsession.spi.IndexedSessionStore.Scan;
import io.quarkiverse.imsession.testing.IndexedSessionStoreContract;

/** What the stores do that come with the extension, beyond what every store must do. */
public abstract class BuiltInStoreContract extends IndexedSessionStoreContract {

    @Test
    protected void pagesAreFullButTheLastOne() {
        String user = unique();
        createMany(25, () -> SessionData.of("user_id", user));
        List<Integer> sizes = new ArrayList<>();
        String next = null;
        do {
            Page page = await(store().find(Reference.of("user_id", user), next, 10));
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
            assertThatThrownBy(() -> await(store().find(Reference.of("user_id", 1), after, 1000))).as(after)
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
