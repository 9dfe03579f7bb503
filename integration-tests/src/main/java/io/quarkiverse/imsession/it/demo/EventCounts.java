package io.quarkiverse.imsession.it.demo;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

import jakarta.enterprise.event.ObservesAsync;
import jakarta.inject.Singleton;

import io.quarkiverse.imsession.SessionEvent;

/** Counts what happens to sessions, since the application was started. */
@Singleton
final class EventCounts {

    private final ConcurrentMap<String, Long> counts = new ConcurrentHashMap<>();

    void count(@ObservesAsync SessionEvent event) {
        counts.merge(kind(event), 1L, Long::sum);
    }

    Map<String, Long> byKind() {
        return new TreeMap<>(counts);
    }

    private static String kind(SessionEvent event) {
        if (event instanceof SessionEvent.Created) {
            return "created";
        } else if (event instanceof SessionEvent.Renewed renewed) {
            return renewed.timed() ? "renewed in time" : "renewed";
        } else if (event instanceof SessionEvent.Destroyed destroyed) {
            return "ended by " + text(destroyed.cause());
        } else if (event instanceof SessionEvent.Rejected rejected) {
            return "refused as " + text(rejected.reason());
        } else if (event instanceof SessionEvent.Refused refused) {
            return "requests refused for " + text(refused.reason());
        } else if (event instanceof SessionEvent.DeviceBound) {
            return "bound to a device";
        } else if (event instanceof SessionEvent.ProofRefused) {
            return "proofs refused";
        } else if (event instanceof SessionEvent.NewClient) {
            return "log-ins from new clients";
        }
        return "other";
    }

    private static String text(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
