package io.quarkiverse.imsession.it.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;

import org.junit.jupiter.api.Test;

class TrendTest {

    @Test
    void growthIsToldAsAPartOfTheMean() {
        assertThat(growth(9, 10, 11)).isEqualTo(0.2, within(1e-9));
        assertThat(growth(11, 10, 9)).isEqualTo(-0.2, within(1e-9));
    }

    @Test
    void noiseAroundALevelIsNoGrowth() {
        assertThat(growth(10, 12, 10, 12, 10)).isEqualTo(0, within(1e-9));
    }

    private static double growth(double... values) {
        List<Integer> times = List.of(0, 1, 2, 3, 4).subList(0, values.length);
        return Trend.growth(times, time -> time, time -> values[time]);
    }
}
