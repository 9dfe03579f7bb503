package io.quarkiverse.imsession.deployment;

import java.util.Locale;
import java.util.Optional;

import io.quarkiverse.imsession.runtime.config.ImSessionBuildConfig.StoreKind;
import io.quarkus.builder.item.SimpleBuildItem;

/** The built-in store that the application uses; none if it has its own store. */
final class ChosenStoreBuildItem extends SimpleBuildItem {

    private final Optional<StoreKind> kind;

    ChosenStoreBuildItem(Optional<StoreKind> kind) {
        this.kind = kind;
    }

    boolean isApplications() {
        return kind.isEmpty();
    }

    boolean is(StoreKind other) {
        return kind.filter(other::equals).isPresent();
    }

    /** The text for the log. */
    @Override
    public String toString() {
        return kind.map(chosen -> chosen.name().toLowerCase(Locale.ROOT)).orElse("of the application");
    }
}
