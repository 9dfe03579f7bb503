package io.quarkiverse.imsession.runtime.config;

import java.time.Duration;
import java.util.Optional;

import io.quarkiverse.imsession.runtime.config.ImSessionConfig.Renewal;
import io.quarkus.runtime.annotations.ConfigDocDefault;
import io.quarkus.runtime.annotations.ConfigGroup;
import io.smallrye.config.WithDefault;

/** When sessions live longer and get another token without being asked to. */
@ConfigGroup
public interface RenewalConfig {

    /**
     * What happens to a session on its own. `rotate`: replaces the token once it is `renewal.interval` old, and extends a
     * session that is only read, once little of its lifetime is left (`renewal.threshold`). `touch`: only extends. `none`:
     * neither.
     */
    @WithDefault("rotate")
    Renewal mode();

    /**
     * The age from which on a token is replaced, however much the session is used: with the next request after that. A stolen
     * token is worth nothing after this time, and its use after that is detected. Shorter is safer, and costs one more write
     * for each interval.
     */
    @ConfigDocDefault(value = "two thirds of `timeout`, more precisely `timeout` × (1 − `renewal.threshold`)", escape = false)
    Optional<Duration> interval();

    /**
     * The part of the lifetime below which a session that is only read gets its whole lifetime again, between 0 and 1.
     */
    @WithDefault("0.33")
    double threshold();

    /**
     * How long the old token stays valid after it was replaced by its age: for requests that are under way in parallel, and for
     * browsers. A browser writes its cookies to disk up to half a minute late. If it is killed before that, it comes back with
     * the old token. With less than 30 seconds that can be taken for a stolen token. After a log-in or `renew()` the
     * old token is invalid at once. For this time, at most ten seconds, a request that carries it can make no session either.
     */
    @ConfigDocDefault(value = "1M, or `timeout` if that is shorter", escape = false)
    Optional<Duration> grace();

    /**
     * Starts the lifetime of a session anew also on requests that only read, at most once in this interval. Makes the idle
     * timeout finer, at the price of one more write per interval.
     */
    @ConfigDocDefault(value = "only when `renewal.threshold` is reached", escape = false)
    Optional<Duration> touchInterval();
}
