package io.quarkiverse.imsession.deployment;

import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

import io.quarkiverse.imsession.deployment.ImSessionProcessor.Enabled;
import io.quarkiverse.imsession.runtime.config.ImSessionBuildConfig;
import io.quarkus.arc.deployment.AdditionalBeanBuildItem;
import io.quarkus.deployment.annotations.BuildStep;
import io.quarkus.deployment.annotations.BuildSteps;
import io.quarkus.deployment.builditem.nativeimage.NativeImageResourceBuildItem;

/**
 * The templates and texts of pages, if the application has such pages, and Qute. Classes that need Qute are named only, and
 * loaded only then.
 */
@BuildSteps(onlyIf = { Enabled.class, TemplatesProcessor.HasQute.class, PageTemplatesProcessor.HasPages.class })
final class PageTemplatesProcessor {

    private static final String ROOM = "io.quarkiverse.imsession.runtime.templates.";
    private static final List<String> BEANS = List.of("DevicesTemplate", "DevicesMessages", "GermanDevicesMessages");
    private static final String FOLDER = "META-INF/imsession/";

    @BuildStep
    AdditionalBeanBuildItem beans() {
        return AdditionalBeanBuildItem.builder().setUnremovable().addBeanClasses(BEANS.stream().map(ROOM::concat).toList())
                .build();
    }

    @BuildStep
    NativeImageResourceBuildItem resources() {
        return new NativeImageResourceBuildItem(
                Stream.of("devices.html", "not-me.html", "devices.css").map(FOLDER::concat).toArray(String[]::new));
    }

    /** Whether the application has pages of the extension. */
    static final class HasPages implements BooleanSupplier {

        private final ImSessionBuildConfig config;

        HasPages(ImSessionBuildConfig config) {
            this.config = config;
        }

        @Override
        public boolean getAsBoolean() {
            return config.devices().path().isPresent() || config.notices().enabled();
        }
    }
}
