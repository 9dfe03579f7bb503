package io.quarkiverse.imsession.it.load;

import java.util.List;
import java.util.function.ToDoubleFunction;

/** A straight line through measured values. */
final class Trend {

    private Trend() {
    }

    /** How much a value grows from the first sample to the last, as a part of its mean: by the line with the least squares. */
    static <T> double growth(List<T> samples, ToDoubleFunction<T> time, ToDoubleFunction<T> value) {
        double meanTime = samples.stream().mapToDouble(time).average().orElseThrow();
        double meanValue = samples.stream().mapToDouble(value).average().orElseThrow();
        double covariance = 0;
        double variance = 0;
        for (T sample : samples) {
            double distance = time.applyAsDouble(sample) - meanTime;
            covariance += distance * (value.applyAsDouble(sample) - meanValue);
            variance += distance * distance;
        }
        double span = time.applyAsDouble(samples.get(samples.size() - 1)) - time.applyAsDouble(samples.get(0));
        return covariance / variance * span / meanValue;
    }
}
