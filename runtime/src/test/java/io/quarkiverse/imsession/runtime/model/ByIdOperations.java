package io.quarkiverse.imsession.runtime.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CompletionStage;

import io.quarkiverse.imsession.SessionId;
import io.quarkiverse.imsession.runtime.model.ModelRun.Instance;
import io.quarkiverse.imsession.spi.StoredSession;

/** What is done to a client's session from outside of its requests. */
final class ByIdOperations {

    private final ModelRun run;
    private final Random random;

    ByIdOperations(ModelRun run, Random random) {
        this.run = run;
        this.random = random;
    }

    Runnable update(OwnedSession session) {
        Edit edit = Edit.randomSet(random);
        return change(session, edit, instance -> instance.sessions().update(session.id(), edit.data())
                .subscribeAsCompletionStage());
    }

    Runnable unset(OwnedSession session) {
        Edit edit = Edit.randomUnset(random);
        return change(session, edit, instance -> instance.sessions()
                .unset(session.id(), edit.removed().toArray(String[]::new)).subscribeAsCompletionStage());
    }

    private Runnable change(OwnedSession session, Edit edit, Operation operation) {
        session.note("by id " + edit);
        long begun = run.endings().tick();
        long from = run.millis();
        session.begin(edit.applied(session.data()), begun);
        return ModelClient.then(loadedAfter(session.id(), operation), result -> {
            if (result.stored == null) {
                run.gone(session);
                return;
            }
            assertThat(result.done).as("change by id of %s", session).isTrue();
            run.assertAlive(session, from);
            session.updated(null, result.stored.expiresAt(), null, begun, run.endings().tick());
            session.check(result.stored);
            run.count("updated by id");
        });
    }

    Runnable touch(OwnedSession session) {
        Duration own = random.nextInt(3) == 0 ? Duration.ofSeconds(1 + random.nextInt(2)) : null;
        session.note("touch by id " + own);
        long begun = run.endings().tick();
        long from = run.millis();
        session.begin(session.data(), begun);
        return ModelClient.then(loadedAfter(session.id(), instance -> (own == null ? instance.sessions().touch(session.id())
                : instance.sessions().touch(session.id(), own)).subscribeAsCompletionStage()), result -> {
                    if (result.stored == null) {
                        session.maybeTouched(own, from);
                        run.gone(session);
                        return;
                    }
                    assertThat(result.done).as("touch by id of %s", session).isTrue();
                    run.assertAlive(session, from);
                    session.touched(result.stored, own, run.lifetimes().timeout(), from - ModelRun.CLOCK_MILLIS,
                            run.millis() + ModelRun.CLOCK_MILLIS, begun, run.endings().tick());
                    run.count("touched by id");
                });
    }

    private CompletionStage<Result> loadedAfter(SessionId id, Operation operation) {
        Instance instance = run.instance(random);
        Instance other = run.instance(random);
        return operation.begin(instance)
                .thenCompose(done -> other.store().load(id).thenApply(stored -> new Result(done, stored)));
    }

    private record Result(boolean done, StoredSession stored) {
    }

    private interface Operation {
        CompletionStage<Boolean> begin(Instance instance);
    }
}
