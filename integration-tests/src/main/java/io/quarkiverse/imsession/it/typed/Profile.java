package io.quarkiverse.imsession.it.typed;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.annotation.JsonProperty;

/** A view of the session with all kinds of components. */
record Profile(@JsonProperty("user_id") Long userId, int visits, Optional<String> email, List<Address> addresses,
        Map<Topic, Choice<Instant>> choices) {

    /** In a field's value. */
    record Address(String street, Optional<String> city) {
    }

    /** Generic. */
    record Choice<T>(T value, List<T> before) {
    }

    enum Topic {
        NEWS,
        OFFERS
    }

    Profile visited() {
        return new Profile(userId, visits + 1, email, addresses, choices);
    }
}
