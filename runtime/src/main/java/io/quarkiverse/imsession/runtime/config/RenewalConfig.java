package io.quarkiverse.imsession.runtime.config;

import java.time.Duration;
import java.util.Optional;

import io.quarkiverse.imsession.runtime.config.ImSessionConfig.Renewal;
import io.quarkus.runtime.annotations.ConfigDocDefault;
import io.quarkus.runtime.annotations.ConfigGroup;
import io.smallrye.config.WithDefault;

/** The timed renewal of sessions and their tokens. */
@ConfigGroup
public interface RenewalConfig {

    /** The default of {@link #threshold}. */
    String USUAL_THRESHOLD = "0.33";

    /**
     * The effect of a timed renewal. `rotate`: replaces the token when it is `renewal.interval` old, and extends the lifetime
     * of a session that is only read, when little of it is left (`renewal.threshold`). `touch`: only extends the lifetime.
     * `none`: neither.
     */
    @WithDefault("rotate")
    Renewal mode();

    /**
     * The age at which a token is replaced by the next request, however much the session is used. A token that was stolen
     * becomes useless after this time, and its later use is detected. A shorter interval is safer, and costs one more write for
     * each interval.
     */
    @ConfigDocDefault(value = "two thirds of `timeout`, more precisely `timeout` × (1 − `renewal.threshold`)", escape = false)
    Optional<Duration> interval();

    /**
     * The part of the lifetime below which a session that is only read gets its whole lifetime again, between 0 and 1.
     */
    @WithDefault(USUAL_THRESHOLD)
    double threshold();

    /**
     * How long the old token stays valid after a timed renewal, for parallel requests and for browsers. A browser writes its
     * cookies to disk up to half a minute late, and if it is killed before that, it comes back with the old token. With less
     * than 30 seconds this can look like a stolen token. After a log-in or `renew()` the old token is invalid at once, and for
     * this time, but at most ten seconds, a request that carries it cannot create a session.
     */
    @ConfigDocDefault(value = "1M, or `timeout` if that is shorter", escape = false)
    Optional<Duration> grace();

    /**
     * How often requests that only read restart the lifetime of the session, at most. A shorter interval makes the idle timeout
     * more exact, and costs one more write for each interval.
     */
    @ConfigDocDefault(value = "only when `renewal.threshold` is reached", escape = false)
    Optional<Duration> touchInterval();
}
