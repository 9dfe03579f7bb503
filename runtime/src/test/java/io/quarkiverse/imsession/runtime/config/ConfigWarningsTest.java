package io.quarkiverse.imsession.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigWarningsTest {

    @Test
    void theDefaultsNeedNoWarning() {
        assertThat(ConfigWarnings.of(ConfigChecksTest.config())).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "timeout=30                    | timeout is PT30S               | 30M",
            "timeout=60                    | timeout is PT1M                | 30M",
            "timeout=120S                  | timeout is PT2M                | 30M",
            "timeout=1S,renewal-grace=0S   | timeout is PT1S                | 30M",
            "absolute-timeout=23H          | absolute-timeout is PT23H      | timeout",
            "timeout=2H,absolute-timeout=1H | absolute-timeout is PT1H      | quarkus.imsession.timeout, which is longer (PT2H)",
            "timeout=4M,absolute-timeout=4M  | absolute-timeout is PT4M     | 12H",
            "touch-interval=5MS            | touch-interval is PT0.005S     | such as 1M",
            "renewal-grace=10M             | renewal-grace is PT10M         | 1M",
            "redis.command-timeout=2000    | redis.command-timeout is PT33M20S | 500MS",
            "max-size=64                   | max-size is 64 bytes           | 64K",
            "references.\"user_id\".on-limit=end-oldest | references.\"user_id\".on-limit is end-oldest | max-sessions" })
    void settingThatIsHardlyMeantIsToldWithItsValueAndTheMend(String settings, String value, String mend) {
        ImSessionConfig config = ConfigChecksTest.config(settings.split(","));
        assertThatCode(() -> ConfigChecks.check(config, true)).doesNotThrowAnyException();
        assertThat(ConfigWarnings.of(config))
                .anySatisfy(warning -> assertThat(warning).startsWith("quarkus.imsession." + value + ": ").contains(mend));
    }

    @ParameterizedTest
    @ValueSource(strings = { "timeout=5M", "timeout=14M,absolute-timeout=11H,touch-interval=30S",
            "timeout=59M,absolute-timeout=23H,touch-interval=1M", "timeout=7D,absolute-timeout=29D", "timeout=1800",
            "timeout=10M,absolute-timeout=720",
            "absolute-timeout=24H", "touch-interval=1S", "renewal-grace=0S", "renewal-grace=1M", "redis.command-timeout=10MS",
            "max-size=1K", "max-size=10M", "references.\"user_id\".max-sessions=3",
            "references.\"user_id\".max-sessions=3,references.\"user_id\".on-limit=end-oldest",
            "references.\"user_id\".on-limit=reject" })
    void settingThatMakesSenseNeedsNoWarning(String settings) {
        assertThat(ConfigWarnings.of(ConfigChecksTest.config(settings.split(",")))).isEmpty();
    }
}
