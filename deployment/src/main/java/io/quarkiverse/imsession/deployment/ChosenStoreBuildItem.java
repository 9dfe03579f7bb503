package io.quarkiverse.imsession.deployment;

import java.util.Locale;
import java.util.Optional;

import io.quarkiverse.imsession.runtime.config.ImSessionBuildConfig.StoreKind;
import io.quarkus.builder.item.SimpleBuildItem;

/** Internal: the built-in store that the application uses; none if it has its own store. */
public final class ChosenStoreBuildItem extends SimpleBuildItem {

    private final Optional<StoreKind> kind;

    ChosenStoreBuildItem(Optional<StoreKind> kind) {
        this.kind = kind;
    }

    Optional<StoreKind> kind() {
        return kind;
    }

    boolean isApplications() {
        return kind.isEmpty();
    }

    public boolean is(StoreKind other) {
        return kind.filter(other::equals).isPresent();
    }

    /** The text for the log. */
    @Override
    public String toString() {
        return kind.map(chosen -> chosen.name().toLowerCase(Locale.ROOT)).orElse("of the application");
    }
}
