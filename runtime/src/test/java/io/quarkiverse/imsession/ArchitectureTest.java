package io.quarkiverse.imsession;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.List;
import java.util.Random;
import java.util.Set;

import org.junit.jupiter.api.Test;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;

import io.quarkiverse.imsession.runtime.admin.SessionAdministration;
import io.quarkiverse.imsession.runtime.http.DeviceEndpoints;
import io.quarkiverse.imsession.runtime.http.DeviceExchange;
import io.quarkiverse.imsession.runtime.http.Refusals;
import io.quarkiverse.imsession.runtime.http.SessionFilter;
import io.quarkiverse.imsession.runtime.session.DeviceBindings;
import io.quarkiverse.imsession.runtime.session.ProofVerifier;
import io.quarkiverse.imsession.runtime.session.SessionCommitter;
import io.quarkiverse.imsession.runtime.session.SessionEvents;
import io.quarkiverse.imsession.runtime.session.SessionLoader;
import io.quarkiverse.imsession.runtime.session.SessionObservers;
import io.quarkiverse.imsession.runtime.session.TokenCodec;
import io.quarkiverse.imsession.spi.SessionStore;
import io.quarkiverse.imsession.test.StaticInitializers;
import io.quarkiverse.imsession.test.StoreCalls;

class ArchitectureTest {

    private static final String API = "io.quarkiverse.imsession";
    /** From the top to the bottom. Rooms of one rank do not know each other. */
    private static final List<Set<String>> ROOMS = List.of(
            Set.of("runtime"),
            Set.of("runtime.cdi", "runtime.rest", "runtime.security", "runtime.templates", "runtime.websockets",
                    "runtime.observability", "runtime.oidc", "runtime.form", "runtime.passkeys"),
            Set.of("runtime.devices"),
            Set.of("runtime.login"),
            Set.of("runtime.http"),
            Set.of("runtime.admin"),
            Set.of("runtime.session"),
            Set.of("runtime.journal"),
            Set.of("runtime.redis"),
            Set.of("runtime.redis.index"),
            Set.of("runtime.redis.session"),
            Set.of("runtime.redis.client"),
            Set.of("redis"),
            Set.of("runtime.store"),
            Set.of("runtime.config"),
            Set.of("runtime.log", "runtime.device"),
            Set.of("spi"),
            Set.of(""),
            Set.of("codec"));
    private static final JavaClasses MAIN = new ClassFileImporter().withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(API);

    @Test
    void eachRoomKnowsOnlyThoseBelowIt() {
        classes().should(new ArchCondition<>("depend only on rooms below their own") {
            @Override
            public void check(JavaClass from, ConditionEvents events) {
                int rank = rank(from);
                assertThat(rank).as("%s is in a room that ROOMS names", from.getName()).isNotNegative();
                for (Dependency dependency : from.getDirectDependenciesFromSelf()) {
                    JavaClass to = dependency.getTargetClass();
                    if (to.getPackageName().startsWith(API) && !to.getPackageName().equals(from.getPackageName())
                            && rank(to) <= rank) {
                        events.add(SimpleConditionEvent.violated(from, dependency.getDescription()));
                    }
                }
            }
        }).check(MAIN);
    }

    private static int rank(JavaClass type) {
        String room = type.getPackageName().equals(API) ? "" : type.getPackageName().substring(API.length() + 1);
        for (int i = 0; i < ROOMS.size(); i++) {
            if (ROOMS.get(i).contains(room)) {
                return i;
            }
        }
        return -1;
    }

    @Test
    void eachPartOfARunningApplicationIsMadeInOnePlace() {
        for (Class<?> part : List.of(TokenCodec.class, SessionEvents.class, SessionObservers.class,
                SessionLoader.class, SessionCommitter.class, SessionAdministration.class, Refusals.class,
                SessionFilter.class, ProofVerifier.class, DeviceBindings.class, DeviceExchange.class, DeviceEndpoints.class)) {
            assertThat(MAIN.get(part).getConstructorCallsToSelf()).as("places that make a %s", part.getSimpleName())
                    .filteredOn(call -> !call.getOriginOwner().isEquivalentTo(part)).singleElement()
                    .satisfies(call -> assertThat(call.getOriginOwner().getSimpleName()).isEqualTo("SessionRuntime"));
        }
    }

    /** Stores call their own methods, and the contracts have defaults that do. */
    @Test
    void allCallsOfAStoreGoThroughOnePlace() {
        noClasses().that().resideInAPackage(API + ".runtime..").and().areNotAssignableTo(SessionStore.class)
                .and().resideOutsideOfPackages(API + ".runtime.redis..", API + ".runtime.store")
                .and().haveNameNotMatching(".*\\.GuardedStore(\\$.*)?").should()
                .accessTargetWhere(StoreCalls.any()).check(MAIN);
    }

    @Test
    void onlyTheRoomsOfRedisAndTheRecorderKnowRedis() {
        noClasses().that().resideOutsideOfPackage(API + ".runtime.redis..").and().doNotHaveSimpleName("ImSessionRecorder")
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
        noClasses().that().resideOutsideOfPackage(API + ".runtime.observability").should().dependOnClassesThat()
                .resideInAnyPackage("org.eclipse.microprofile.health..", "io.smallrye.health..").check(MAIN);
    }

    @Test
    void mechanismsThatAnApplicationMayLackAreKnownToOnePackageEach() {
        noClasses().that().resideOutsideOfPackage(API + ".runtime.oidc").should().dependOnClassesThat()
                .resideInAnyPackage("io.quarkus.oidc..", API + ".runtime.oidc").check(MAIN);
        noClasses().that().resideOutsideOfPackage(API + ".runtime.passkeys").should().dependOnClassesThat()
                .resideInAnyPackage("io.quarkus.security.webauthn..", API + ".runtime.passkeys").check(MAIN);
    }

    @Test
    void storesAndSessionsKnowNothingOfHttp() {
        noClasses().that()
                .resideInAnyPackage(API + ".runtime.session", API + ".runtime.device", API + ".runtime.store",
                        API + ".runtime.redis..")
                .and()
                .doNotHaveSimpleName("CurrentSession").should().dependOnClassesThat()
                .resideInAnyPackage("io.vertx.core.http..", "io.vertx.ext.web..").check(MAIN);
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
        classes().that().haveSimpleName("CsrfSecret").or().haveSimpleName("TokenCodec").or().haveSimpleName("DeviceOffer").or()
                .haveSimpleName("DeviceBinding").should()
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
