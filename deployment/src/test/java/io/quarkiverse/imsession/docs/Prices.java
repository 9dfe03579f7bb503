package io.quarkiverse.imsession.docs;

import java.util.Optional;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;

import io.quarkiverse.imsession.SessionValue;

// tag::class[]
@ApplicationScoped
public class Prices {

    @Inject
    @SessionValue("currency")
    Instance<Optional<String>> currency;

    String format(long cents) {
        return cents + " " + currency.get().orElse("EUR");
    }
}
// end::class[]
