package io.quarkiverse.imsession.docs;

import java.time.Duration;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.distribution.DistributionStatisticConfig;

/** The code on the page about operations. */
public class Histograms {

    // tag::filter[]
    @Produces
    @Singleton
    MeterFilter histogramOfTheStore() {
        return new MeterFilter() {
            @Override
            public DistributionStatisticConfig configure(Meter.Id meter, DistributionStatisticConfig others) {
                if (!meter.getName().equals("imsession.store.operation")) {
                    return others;
                }
                return DistributionStatisticConfig.builder().percentilesHistogram(true)
                        .minimumExpectedValue((double) Duration.ofNanos(100_000).toNanos())
                        .maximumExpectedValue((double) Duration.ofSeconds(2).toNanos()).build().merge(others);
            }
        };
    }
    // end::filter[]
}
