package io.quarkiverse.imsession.runtime.postgresql;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.util.Random;

import org.junit.jupiter.api.Test;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;

import io.quarkiverse.imsession.test.StaticInitializers;

class PostgresArchitectureTest {

    private static final String ROOM = "io.quarkiverse.imsession.runtime.postgresql";
    private static final JavaClasses MAIN = new ClassFileImporter().withImportOption(new ImportOption.DoNotIncludeTests())
            .withImportOption(new ImportOption.DoNotIncludeJars()).importPackages(ROOM);

    @Test
    void eachRoomKnowsOnlyThoseBelowIt() {
        layeredArchitecture().consideringOnlyDependenciesInLayers().layer("composition").definedBy(ROOM).layer("push")
                .definedBy(ROOM + ".push").layer("upkeep").definedBy(ROOM + ".upkeep").layer("index").definedBy(ROOM + ".index")
                .layer("session").definedBy(ROOM + ".session").layer("client").definedBy(ROOM + ".client").layer("config")
                .definedBy(ROOM + ".config").whereLayer("composition").mayNotBeAccessedByAnyLayer().whereLayer("push")
                .mayOnlyBeAccessedByLayers("composition").whereLayer("upkeep").mayOnlyBeAccessedByLayers("composition")
                .whereLayer("index").mayOnlyBeAccessedByLayers("composition").whereLayer("session")
                .mayOnlyBeAccessedByLayers("composition", "index", "upkeep", "push").whereLayer("client")
                .mayOnlyBeAccessedByLayers("composition", "index", "upkeep", "push", "session").whereLayer("config")
                .mayOnlyBeAccessedByLayers("composition").withOptionalLayers(true).check(MAIN);
    }

    @Test
    void onlyOneRoomKnowsTheClientOfPostgresql() {
        noClasses().that().resideOutsideOfPackage(ROOM + ".client").should().dependOnClassesThat()
                .resideInAnyPackage("io.vertx.pgclient..", "io.vertx.sqlclient.impl..", "io.netty..").check(MAIN);
    }

    @Test
    void nothingKnowsRedisOrHttp() {
        noClasses().should().dependOnClassesThat().resideInAnyPackage("io.vertx.redis..", "io.quarkus.redis..",
                "io.vertx.core.http..", "io.vertx.ext.web..", "io.quarkiverse.imsession.runtime.redis..").check(MAIN);
    }

    @Test
    void nothingRandomOrThreadedIsStatic() {
        fields().that().areStatic().should().notHaveRawType(SecureRandom.class).andShould().notHaveRawType(Random.class)
                .andShould().notHaveRawType(Thread.class).check(MAIN);
    }

    @Test
    void nothingIsMadeOrReadInStaticInitializersThatBelongsIntoARunningApplication() {
        assertThat(StaticInitializers.callsOfRunTime(MAIN)).isEmpty();
    }

    @Test
    void classesAreFinal() {
        classes().that().areNotInterfaces().and().areNotEnums().and().areNotAnonymousClasses().and()
                .doNotHaveSimpleName("package-info").and()
                .areNotAnnotatedWith("io.quarkus.runtime.annotations.Recorder").and().haveSimpleNameNotContaining("$$").should()
                .haveModifier(JavaModifier.FINAL).check(MAIN);
    }
}
