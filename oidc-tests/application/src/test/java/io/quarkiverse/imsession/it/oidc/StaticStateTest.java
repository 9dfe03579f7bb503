package io.quarkiverse.imsession.it.oidc;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;

import org.junit.jupiter.api.Test;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;

import io.quarkiverse.imsession.test.StaticInitializers;

class StaticStateTest {

    @Test
    void theImageOfTheApplicationHoldsNothingThatBelongsIntoARunningOne() {
        JavaClasses application = new ClassFileImporter().importPath(Path.of("target", "classes"));
        assertThat(application).isNotEmpty();
        assertThat(StaticInitializers.callsOfRunTime(application)).isEmpty();
    }
}
