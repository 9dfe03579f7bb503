package io.quarkiverse.imsession.runtime.dev;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import org.junit.jupiter.api.Test;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;

import io.quarkiverse.imsession.test.StoreCalls;

class DevArchitectureTest {

    private static final String RUNTIME = "io.quarkiverse.imsession.runtime.";
    private static final JavaClasses MAIN = new ClassFileImporter().withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(RUNTIME + "dev");

    @Test
    void storesAreCalledThroughTheOnePlaceOfTheExtension() {
        noClasses().should().accessTargetWhere(StoreCalls.any()).check(MAIN);
    }

    @Test
    void otherFrameworksAreNotKnown() {
        noClasses().should().dependOnClassesThat().resideInAnyPackage(RUNTIME + "cdi", RUNTIME + "rest", RUNTIME + "security",
                RUNTIME + "templates", RUNTIME + "websockets", RUNTIME + "observability").check(MAIN);
    }
}
