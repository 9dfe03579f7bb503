package io.quarkiverse.imsession.runtime.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

import io.quarkiverse.imsession.SessionConflictException;
import io.quarkiverse.imsession.SessionData;
import io.quarkiverse.imsession.runtime.model.ModelRun.Instance;
import io.quarkiverse.imsession.spi.Expected;
import io.quarkiverse.imsession.spi.Expiry;
import io.quarkiverse.imsession.spi.Presented;
import io.quarkiverse.imsession.spi.SessionToken;
import io.quarkiverse.imsession.spi.SessionUpdate;
import io.quarkiverse.imsession.spi.StoredSession;
import io.quarkiverse.imsession.spi.TokenChange;
import io.quarkiverse.imsession.spi.TokenHash;
import io.quarkiverse.imsession.spi.UpdateResult;
import io.quarkiverse.imsession.spi.UpdateResult.Changed;
import io.quarkiverse.imsession.spi.UpdateResult.Gone;
import io.quarkiverse.imsession.spi.UpdateResult.PresentedToken;
import io.quarkiverse.imsession.spi.UpdateResult.Superseded;
import io.quarkiverse.imsession.spi.UpdateResult.Updated;

/** What one client does to sessions that others use at the same time. More than one outcome is right; some are wrong. */
final class SharedOperations {

    private final ModelRun run;
    private final String field;
    private final Random random;
    private final SecureRandom secrets;

    SharedOperations(ModelRun run, int client, Random random, SecureRandom secrets) {
        this.run = run;
        this.field = "c" + client;
        this.random = random;
        this.secrets = secrets;
    }

    Runnable begin(SharedSession session) {
        return switch (random.nextInt(40)) {
            case 0 -> destroy(session);
            case 1, 2, 3, 4 -> updateById(session);
            case 5, 6 -> unsetById(session);
            case 7, 8 -> touchById(session);
            case 9, 10, 11 -> raiseById(session);
            default -> update(session);
        };
    }

    private Runnable update(SharedSession session) {
        Instance instance = run.instance(random);
        SessionToken token = session.token();
        SessionToken next = token.renew(secrets);
        int dice = random.nextInt(100);
        TokenChange tokenChange = dice < 8 ? new TokenChange.Renew(next.hash(), ModelClient.GRACE)
                : dice < 16 ? new TokenChange.Rotate(next.hash(), ModelClient.GRACE, ModelClient.ALWAYS) : TokenChange.KEEP;
        TokenHash presented = dice >= 92 ? SessionToken.generate(secrets).hash() : token.hash();
        boolean foreign = dice >= 92;
        Edit edit = Edit.random(SessionData.empty(), random);
        int number = random.nextInt();
        Expected expected = Edit.randomExpected(random);
        Map<String, String> changed = edit.data().with(field, number).toJson();
        Expiry expiry = random.nextInt(3) == 0 ? null
                : new Expiry(run.lifetimes().timeout(), random.nextInt(6) == 0 ? run.lifetimes().longOwn() : null, null);
        long begun = run.endings().tick();
        StoredSession old = random.nextInt(3) == 0 ? session.basis() : null;
        CompletionStage<StoredSession> loading = old != null ? CompletableFuture.completedFuture(old)
                : instance.store().load(session.id());
        CompletionStage<Answered> updating = loading.thenCompose(basis -> {
            if (basis == null) {
                return CompletableFuture.completedFuture(new Answered(null, new Gone()));
            }
            if (old == null) {
                session.loaded(basis, begun);
            }
            return instance.store().update(session.id(),
                    new SessionUpdate(basis,
                            foreign ? Presented.ifNewest(presented) : new Presented(presented, basis.version()),
                            changed, edit.removed(), tokenChange, expiry, Long.MAX_VALUE, expected))
                    .thenApply(result -> new Answered(basis, result));
        });
        return ModelClient.then(updating, answered -> {
            UpdateResult result = answered.result;
            if (result instanceof Gone) {
                session.gone(run.endings().tick());
            } else if (result instanceof Updated updated) {
                assertThat(presented).as("accepted token of %s", session).isEqualTo(token.hash());
                if (updated.token() == PresentedToken.REPLACED) {
                    session.token(next);
                }
                session.updated(Map.of(field, number), begun);
                run.count("shared updated");
            } else if (result instanceof Changed conflict) {
                assertThat(presented).as("accepted token of %s", session).isEqualTo(token.hash());
                assertThat(Edit.differs(expected, answered.basis, conflict.session()))
                        .as("whether %s differs in %s from %s, and from %s", session, expected, answered.basis, conflict)
                        .isTrue();
                session.loaded(conflict.session(), begun);
                run.count("shared conflict");
            } else {
                assertThat(result).as("update of %s", session).isInstanceOf(Superseded.class);
                run.count("shared superseded");
            }
        });
    }

    private record Answered(StoredSession basis, UpdateResult result) {
    }

    /** Many clients do this at the same time. One that is disturbed all the time may give up. */
    private Runnable raiseById(SharedSession session) {
        long begun = run.endings().tick();
        CompletionStage<Boolean> raising = run.instance(random).sessions()
                .update(session.id(),
                        data -> data.with(SharedSession.COUNT, data.get(SharedSession.COUNT, Integer.class).orElse(0) + 1))
                .onFailure(SessionConflictException.class).recoverWithNull().subscribeAsCompletionStage();
        return ModelClient.then(raising, done -> {
            if (done == null) {
                run.count("shared contended");
            } else if (done) {
                session.raised(begun);
                run.count("shared raised");
            } else {
                session.gone(run.endings().tick());
            }
        });
    }

    private Runnable updateById(SharedSession session) {
        int number = random.nextInt();
        SessionData data = Edit.randomSet(random).data().with(field, number);
        return byId(session, instance -> instance.sessions().update(session.id(), data).subscribeAsCompletionStage(),
                Map.of(field, number));
    }

    private Runnable unsetById(SharedSession session) {
        Set<String> names = Edit.randomUnset(random).removed();
        return byId(session, instance -> instance.sessions().unset(session.id(), names.toArray(String[]::new))
                .subscribeAsCompletionStage(), Map.of());
    }

    private Runnable touchById(SharedSession session) {
        return byId(session, instance -> instance.sessions().touch(session.id()).subscribeAsCompletionStage(), Map.of());
    }

    private Runnable byId(SharedSession session, Function<Instance, CompletionStage<Boolean>> change,
            Map<String, Integer> own) {
        long begun = run.endings().tick();
        return ModelClient.then(change.apply(run.instance(random)), done -> {
            if (done) {
                session.updated(own, begun);
                run.count("shared updated");
            } else {
                session.gone(run.endings().tick());
            }
        });
    }

    private Runnable destroy(SharedSession session) {
        session.ending();
        return ModelClient.then(run.instance(random).store().destroy(session.id()), done -> {
            session.gone(run.endings().tick());
            run.count("shared destroyed");
        });
    }
}
