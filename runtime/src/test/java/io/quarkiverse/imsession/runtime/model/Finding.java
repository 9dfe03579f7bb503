package io.quarkiverse.imsession.runtime.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import io.quarkiverse.imsession.Reference;
import io.quarkiverse.imsession.SessionId;
import io.quarkiverse.imsession.runtime.model.OwnedSession.Known;
import io.quarkiverse.imsession.spi.IndexedSessionStore;
import io.quarkiverse.imsession.spi.IndexedSessionStore.Found;

/** Finds all sessions of a value while others come and go. */
final class Finding {

    private Finding() {
    }

    /** Who has the value from the beginning to the end must be found; who is dead before the beginning must not. */
    static Runnable begin(ModelRun run, Random random) {
        Reference reference = Values.randomReference(random);
        long begun = run.endings().tick();
        Map<OwnedSession, Known> before = known(run);
        IndexedSessionStore store = run.instance(random).store();
        int limit = List.of(3, 20, 1000).get(random.nextInt(3));
        return ModelClient.then(all(store, reference, null, limit, new ArrayList<>()), found -> {
            Map<SessionId, Found> ids = new HashMap<>();
            found.forEach(one -> ids.put(one.id(), one));
            long now = run.millis() + ModelRun.CLOCK_MILLIS;
            before.forEach((session, known) -> {
                if (session.known() != known) {
                    return;
                }
                boolean has = known.references().containsValue(reference);
                if (!has) {
                    assertThat(ids).as("found by %s, while there is %s", reference, session).doesNotContainKey(session.id());
                } else if (now < known.goneAt()
                        && !run.endings().mayHaveEnded(session.id(), known.holds(), known.seenAlive())) {
                    assertThat(ids).as("found by %s, while there is %s", reference, session).containsKey(session.id());
                    run.count("found");
                }
            });
            ids.keySet().forEach(id -> assertThat(run.dead().getOrDefault(id, Endings.NEVER)).as("end of found session %s", id)
                    .isGreaterThan(begun));
        });
    }

    /** All pages. */
    static CompletionStage<List<Found>> all(IndexedSessionStore store, Reference reference, String after, int limit,
            List<Found> found) {
        return store.find(reference, after, limit, null).thenCompose(page -> {
            assertThat(page.sessions()).as("page of %s", reference).hasSizeLessThanOrEqualTo(limit)
                    .allMatch(one -> reference.equals(Values.of(one.session().data()).get(reference.field())));
            found.addAll(page.sessions());
            return page.next() == null ? CompletableFuture.completedFuture(found)
                    : all(store, reference, page.next(), limit, found);
        });
    }

    private static Map<OwnedSession, Known> known(ModelRun run) {
        Map<OwnedSession, Known> all = new HashMap<>();
        run.owned().values().forEach(session -> {
            Known known = session.known();
            if (known != null) {
                all.put(session, known);
            }
        });
        return all;
    }
}
