package io.quarkiverse.imsession;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Random;

import org.junit.jupiter.api.Test;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;

import io.quarkiverse.imsession.test.StaticInitializers;

class ArchitectureTest {

    private static final String API = "io.quarkiverse.imsession";
    private static final String SPI = API + ".spi";
    private static final String CODEC = API + ".codec";
    private static final String INTERNAL = API + ".runtime..";
    private static final JavaClasses MAIN = new ClassFileImporter().withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(API);

    @Test
    void apiDependsOnNothingBelowIt() {
        noClasses().that().resideInAPackage(API).should().dependOnClassesThat().resideInAnyPackage(SPI, INTERNAL).check(MAIN);
    }

    @Test
    void codecsKnowNothingOfSessions() {
        noClasses().that().resideInAPackage(CODEC).should().dependOnClassesThat().resideInAnyPackage(API, SPI, INTERNAL)
                .check(MAIN);
    }

    @Test
    void spiDependsOnTheApiOnly() {
        noClasses().that().resideInAPackage(SPI).should().dependOnClassesThat().resideInAPackage(INTERNAL).check(MAIN);
    }

    @Test
    void onlyTheStoreAndTheRecorderKnowRedis() {
        noClasses().that().resideOutsideOfPackage(API + ".runtime.store").and().doNotHaveSimpleName("ImSessionRecorder")
                .should()
                .dependOnClassesThat().resideInAnyPackage("io.vertx.redis..", "io.quarkus.redis..").check(MAIN);
    }

    @Test
    void onlyOnePackageKnowsMetricsAndTraces() {
        noClasses().that().resideOutsideOfPackage(API + ".runtime.observability").should().dependOnClassesThat()
                .resideInAnyPackage("io.micrometer..", "io.opentelemetry..").check(MAIN);
    }

    @Test
    void onlyOnePackageKnowsTheInternalsOfVertxHttp() {
        noClasses().that().resideOutsideOfPackage(API + ".runtime.http").should().dependOnClassesThat()
                .resideInAnyPackage("io.vertx.core.http.impl..", "io.quarkus.vertx.http.runtime.filters..").check(MAIN);
    }

    @Test
    void whatAnApplicationMayLackIsKnownToOnePackageEach() {
        noClasses().that().resideOutsideOfPackage(API + ".runtime.templates").should().dependOnClassesThat()
                .resideInAnyPackage("io.quarkus.qute..", API + ".runtime.templates").check(MAIN);
        noClasses().that().resideOutsideOfPackage(API + ".runtime.websockets").should().dependOnClassesThat()
                .resideInAnyPackage("io.quarkus.websockets..", API + ".runtime.websockets").check(MAIN);
        noClasses().that().resideOutsideOfPackage(API + ".runtime.health").should().dependOnClassesThat()
                .resideInAnyPackage("org.eclipse.microprofile.health..", "io.smallrye.health..", API + ".runtime.health")
                .check(MAIN);
    }

    @Test
    void logsKnowTheApiOnly() {
        noClasses().that().resideInAPackage(API + ".runtime.log").should().dependOnClassesThat()
                .resideInAnyPackage(SPI, CODEC, API + ".runtime", API + ".runtime.store..", API + ".runtime.http..")
                .check(MAIN);
    }

    @Test
    void storesKnowNothingOfHttp() {
        noClasses().that().resideInAPackage(API + ".runtime.store").should().dependOnClassesThat()
                .resideInAnyPackage("io.vertx.core.http..", "io.vertx.ext.web..", API + ".runtime.http").check(MAIN);
    }

    @Test
    void nothingRandomOrThreadedIsStatic() {
        fields().that().areStatic().should().notHaveRawType(SecureRandom.class).andShould().notHaveRawType(Random.class)
                .andShould()
                .notHaveRawType(Thread.class).check(MAIN);
    }

    @Test
    void nothingIsMadeOrReadInStaticInitializersThatBelongsIntoARunningApplication() {
        assertThat(StaticInitializers.callsOfRunTime(MAIN)).isEmpty();
    }

    @Test
    void nothingIsSerializedByJava() {
        noClasses().should().dependOnClassesThat().areAssignableTo(ObjectInputStream.class).orShould()
                .dependOnClassesThat().areAssignableTo(ObjectOutputStream.class).check(MAIN);
    }

    @Test
    void whatAClientMayGuessIsComparedInConstantTime() {
        classes().that().haveSimpleName("CsrfSecret").or().haveSimpleName("TokenCodec").should()
                .callMethod(MessageDigest.class, "isEqual", byte[].class, byte[].class).check(MAIN);
    }

    @Test
    void classesAreFinalOrMeantForExtension() {
        classes().that().areNotInterfaces().and().areNotEnums().and().areNotAnonymousClasses().and()
                .doNotHaveSimpleName("package-info")
                .and().areNotAnnotatedWith("io.quarkus.runtime.annotations.Recorder").and()
                .areNotAnnotatedWith("jakarta.inject.Singleton")
                .and().haveSimpleNameNotContaining("$$").should()
                .haveModifier(JavaModifier.FINAL).orShould().haveModifier(JavaModifier.ABSTRACT).check(MAIN);
    }
}
