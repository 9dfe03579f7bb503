package io.quarkiverse.imsession.runtime.observability;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.LongSupplier;

import org.jspecify.annotations.Nullable;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.Timer;
import io.quarkiverse.imsession.SessionEvent;
import io.quarkiverse.imsession.SessionEvent.ActingBegan;
import io.quarkiverse.imsession.SessionEvent.ActingEnded;
import io.quarkiverse.imsession.SessionEvent.Destroyed;
import io.quarkiverse.imsession.SessionEvent.DeviceBound;
import io.quarkiverse.imsession.SessionEvent.ProofRefused;
import io.quarkiverse.imsession.SessionEvent.Refused;
import io.quarkiverse.imsession.SessionEvent.Rejected;
import io.quarkiverse.imsession.SessionEvent.Renewed;
import io.quarkiverse.imsession.runtime.device.DeviceHeaders.Skipped;
import io.quarkiverse.imsession.runtime.session.CommitAction;
import io.quarkiverse.imsession.runtime.session.SessionMetrics;
import io.quarkiverse.imsession.spi.TokenChange;

/**
 * Metrics with Micrometer. All meters are registered at the start, so that each counter begins with zero, and no tag has more
 * than a few values.
 */
final class MicrometerMetrics implements SessionMetrics {

    private static final String PREFIX = "imsession.";

    /** The values of the tag {@code action} of commits. */
    private enum Action {
        CREATE,
        UPDATE,
        TOUCH,
        CONFIRM,
        RENEW,
        REPLACE,
        DESTROY;

        static Action of(CommitAction action) {
            if (action instanceof CommitAction.Update change) {
                return of(change);
            }
            // Whatever a request without a sure session asked for: most of them would have made a session.
            if (action instanceof CommitAction.Create || action instanceof CommitAction.Refuse) {
                return CREATE;
            }
            if (action instanceof CommitAction.Replace) {
                return REPLACE;
            }
            return DESTROY;
        }

        private static Action of(CommitAction.Update change) {
            if (!(change.update().tokenChange() instanceof TokenChange.Keep)) {
                return RENEW;
            }
            if (!change.update().changed().isEmpty() || !change.update().removed().isEmpty()) {
                return UPDATE;
            }
            return change.update().expiry() == null ? CONFIRM : TOUCH;
        }
    }

    private final MeterRegistry registry;
    private final Map<Load, Counter> loads;
    private final Map<Action, Map<Outcome, Counter>> commits;
    private final Map<Rejected.Reason, Counter> rejected;
    private final Map<Refused.Reason, Counter> refused;
    private final Map<Destroyed.Cause, Counter> ended;
    private final Map<ProofRefused.Reason, Counter> proofsRefused;
    private final Counter proofsGivenUp;
    private final Map<Refresh, Counter> refreshes;
    private final Map<Skipped.Reason, Counter> skipped;
    private final Counter bound;
    private final Counter renewedByTime;
    private final Counter renewedByApplication;
    private final Counter actingBegan;
    private final Counter actingEnded;
    private final Counter near;
    private final Counter far;
    private final Counter repeated;
    private final Counter dropped;
    private final Counter journalLost;
    private final Map<Operation, Timer> succeeded;
    private final Map<Operation, Timer> failed;
    /** Null unless the store counts. */
    private volatile @Nullable Counter cleaned;
    private volatile @Nullable Counter retries;
    private final DistributionSummary size;

    private MicrometerMetrics(MeterRegistry registry) {
        this.registry = registry;
        this.loads = meters(Load.class, result -> counter("loads", "Requests on paths with sessions, by the outcome of loading")
                .tag("result", tag(result)).register(registry));
        this.commits = meters(Action.class, action -> meters(Outcome.class,
                outcome -> counter("commits", "Changes that requests have to store, including timed renewals")
                        .tag("action", tag(action)).tag("outcome", tag(outcome)).register(registry)));
        this.rejected = meters(Rejected.Reason.class, reason -> counter("tokens.rejected", "Tokens that were refused")
                .tag("reason", tag(reason)).register(registry));
        this.refused = meters(Refused.Reason.class,
                reason -> counter("requests.refused", "Requests that were refused because of their session")
                        .tag("reason", tag(reason)).register(registry));
        this.ended = meters(Destroyed.Cause.class,
                cause -> counter("sessions.destroyed", "Sessions that were ended before they expired")
                        .tag("cause", tag(cause)).register(registry));
        this.bound = counter("device.registrations", "Sessions that were bound to a device").register(registry);
        this.proofsRefused = meters(ProofRefused.Reason.class,
                reason -> counter("device.proofs.refused", "Proofs of devices that were refused").tag("reason", tag(reason))
                        .register(registry));
        this.proofsGivenUp = counter("device.proofs.given-up",
                "Proofs of devices that were given up, as too many others waited")
                .register(registry);
        this.refreshes = meters(Refresh.class,
                outcome -> counter("device.refreshes", "Requests of browsers for new bound cookies")
                        .tag("outcome", tag(outcome)).register(registry));
        this.skipped = meters(Skipped.Reason.class,
                reason -> counter("device.skipped", "Requests for which a browser says why it has no bound cookie")
                        .tag("reason", tag(reason)).register(registry));
        this.renewedByTime = renewals("timed");
        this.renewedByApplication = renewals("application");
        this.actingBegan = acting("began");
        this.actingEnded = acting("ended");
        this.near = nearLoads("hit");
        this.far = nearLoads("miss");
        this.repeated = counter("commits.repeated",
                "Changes that were made again, as another request had changed what they depend on").register(registry);
        this.dropped = counter("events.dropped", "Events that were dropped, as too many waited for observers")
                .register(registry);
        this.journalLost = counter("journal.lost", "Entries that the journal lacks, as the store failed or took too long")
                .register(registry);
        this.succeeded = meters(Operation.class, operation -> timer(operation, "success"));
        this.failed = meters(Operation.class, operation -> timer(operation, "failure"));
        this.size = DistributionSummary.builder(PREFIX + "session.size").description("Data of sessions that were stored")
                .baseUnit("bytes").register(registry);
    }

    /** The metrics in the global registry, to which Quarkus adds all other registries. */
    static SessionMetrics ofApplication() {
        return new MicrometerMetrics(Metrics.globalRegistry);
    }

    @Override
    public void loaded(Load result) {
        loads.get(result).increment();
    }

    @Override
    public void committed(CommitAction action, Outcome outcome) {
        commits.get(Action.of(action)).get(outcome).increment();
    }

    @Override
    public void refreshed(Refresh outcome) {
        refreshes.get(outcome).increment();
    }

    @Override
    public void skipped(Skipped.Reason reason) {
        skipped.get(reason).increment();
    }

    @Override
    public void proofGivenUp() {
        proofsGivenUp.increment();
    }

    @Override
    public void near(boolean hit) {
        (hit ? near : far).increment();
    }

    @Override
    public void repeated() {
        repeated.increment();
    }

    @Override
    public void happened(SessionEvent event) {
        if (event instanceof Rejected refusal) {
            rejected.get(refusal.reason()).increment();
        } else if (event instanceof Refused refusal) {
            refused.get(refusal.reason()).increment();
        } else if (event instanceof Renewed renewal) {
            (renewal.timed() ? renewedByTime : renewedByApplication).increment();
        } else if (event instanceof ProofRefused refusal) {
            proofsRefused.get(refusal.reason()).increment();
        } else if (event instanceof DeviceBound) {
            bound.increment();
        } else if (event instanceof Destroyed end) {
            ended.get(end.cause()).increment();
        } else if (event instanceof ActingBegan) {
            actingBegan.increment();
        } else if (event instanceof ActingEnded) {
            actingEnded.increment();
        }
    }

    @Override
    public void dropped() {
        dropped.increment();
    }

    @Override
    public void journalLost() {
        journalLost.increment();
    }

    @Override
    public void called(Operation operation, long nanos, boolean failure) {
        (failure ? failed : succeeded).get(operation).record(nanos, TimeUnit.NANOSECONDS);
    }

    @Override
    public void storeCounts() {
        cleaned = counter("store.cleaned", "Expired sessions that this instance has removed from the store")
                .register(registry);
        retries = counter("store.retries", "Statements that were sent to the store again").register(registry);
    }

    @Override
    public void cleaned(long count) {
        Objects.requireNonNull(cleaned).increment(count);
    }

    @Override
    public void retried() {
        Objects.requireNonNull(retries).increment();
    }

    @Override
    public void stored(long bytes) {
        size.record(bytes);
    }

    @Override
    public void active(LongSupplier count) {
        Gauge.builder(PREFIX + "sessions.active", count::getAsLong).description("Sessions in the memory of this process")
                .register(registry);
    }

    private Counter nearLoads(String result) {
        return counter("near.loads", "Requests with a session, by whether it was in the near cache").tag("result", result)
                .register(registry);
    }

    private Counter acting(String change) {
        return counter("acting", "Users who began to act for others, and who have ended that").tag("change", change)
                .register(registry);
    }

    private Counter renewals(String cause) {
        return counter("renewals", "Sessions that got a new token").tag("cause", cause).register(registry);
    }

    private Timer timer(Operation operation, String outcome) {
        return Timer.builder(PREFIX + "store.operation").description("Duration of operations of the store")
                .tag("operation", tag(operation)).tag("outcome", outcome).register(registry);
    }

    private static Counter.Builder counter(String name, String description) {
        return Counter.builder(PREFIX + name).description(description);
    }

    private static <E extends Enum<E>, M> Map<E, M> meters(Class<E> tags, Function<E, M> meter) {
        Map<E, M> meters = new EnumMap<>(tags);
        for (E tag : tags.getEnumConstants()) {
            meters.put(tag, meter.apply(tag));
        }
        return meters;
    }

    private static String tag(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
