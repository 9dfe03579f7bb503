package io.quarkiverse.imsession.testing;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.testkit.engine.EngineTestKit;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;

import io.quarkiverse.imsession.SessionId;
import io.quarkiverse.imsession.docs.MapSessionStore;
import io.quarkiverse.imsession.spi.Created;
import io.quarkiverse.imsession.spi.NewSession;
import io.quarkiverse.imsession.spi.SessionStore;
import io.quarkiverse.imsession.spi.SessionUpdate;
import io.quarkiverse.imsession.spi.StoredSession;
import io.quarkiverse.imsession.spi.UpdateResult;
import io.quarkiverse.imsession.test.ForwardingStore;
import io.quarkiverse.imsession.test.StoreCalls;

/** The contract finds what is wrong with a store, and asks for nothing but what authors of stores can know. */
class ContractTest {

    private static final JavaClasses MAIN = new ClassFileImporter().withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.quarkiverse.imsession.testing");

    /** What a broken store never does is waited for in vain. */
    @BeforeAll
    static void waitNotSoLong() {
        Awaitility.setDefaultTimeout(Duration.ofSeconds(2));
    }

    @AfterAll
    static void waitAsLongAsOthers() {
        Awaitility.reset();
    }

    @Test
    void authorsOfStoresNeedNothingInternal() {
        noClasses().that().haveSimpleNameEndingWith("StoreContract").should().dependOnClassesThat()
                .resideInAnyPackage("io.quarkiverse.imsession.runtime..").check(MAIN);
    }

    @Test
    void onlyContractsCallAStoreThemselves() {
        noClasses().that().haveNameNotMatching(".*StoreContract(\\$.*)?").should().accessTargetWhere(StoreCalls.any())
                .check(MAIN);
    }

    @Test
    void storeThatOverwritesFails() {
        assertThat(failuresOf(Overwriting.class)).containsExactly("creatingNeverOverwrites");
    }

    @Test
    void storeThatDoesNotLookAtTokensFails() {
        assertThat(failuresOf(Trusting.class)).contains("updateThatAsksForTheNewestTokenChangesNothingByAnother",
                "renewalKillsTheOldTokenAtOnceAndKeepsTheData", "oldTokenIsAReplayOnceItsSuccessorWasUsedAndTheGraceIsOver")
                .doesNotContain("createdSessionIsLoadedAsItWasStored", "creatingNeverOverwrites");
    }

    @Test
    void storeThatBringsSessionsBackFails() {
        assertThat(failuresOf(Reviving.class)).contains("updateOfAnAbsentSessionMakesNone",
                "destroyedSessionIsGoneAndNoUpdateBringsItBack");
    }

    @Test
    void storeThatBringsASessionBackByAParallelUpdateFails() {
        String race = "destroyAmongParallelUpdatesLeavesNothing";
        assertThat(failuresOf(selectMethod(RevivingInARace.class, race))).containsExactly(race);
    }

    @Test
    void storeThatReadsAndThenWritesFails() {
        assertThat(failuresOf(ReadingThenWriting.class)).contains("parallelUpdatesOfDifferentFieldsLoseNone");
    }

    private static List<String> failuresOf(Class<?> test) {
        return failuresOf(selectClass(test));
    }

    private static List<String> failuresOf(DiscoverySelector tests) {
        return EngineTestKit.engine("junit-jupiter").selectors(tests).execute().testEvents().failed().stream()
                .map(event -> event.getTestDescriptor().getDisplayName().replace("()", "")).toList();
    }

    static class Overwriting extends BrokenStoreTest {

        @Override
        public CompletionStage<Created> create(SessionId id, NewSession session) {
            return store.destroy(id).thenCompose(ended -> store.create(id, session));
        }
    }

    static class Trusting extends BrokenStoreTest {

        @Override
        public CompletionStage<UpdateResult> update(SessionId id, SessionUpdate update) {
            return store.update(id, new SessionUpdate(update.basis(), null, update.changed(), update.removed(),
                    update.tokenChange(), update.expiry()));
        }
    }

    static class Reviving extends BrokenStoreTest {

        @Override
        public CompletionStage<UpdateResult> update(SessionId id, SessionUpdate update) {
            return store.update(id, update).thenCompose(result -> {
                if (!(result instanceof UpdateResult.Gone) || update.expiry() == null) {
                    return CompletableFuture.completedStage(result);
                }
                StoredSession basis = update.basis();
                NewSession again = new NewSession(
                        update.presented() == null ? basis.token().current() : update.presented().token(),
                        update.appliedTo(basis.data()), update.expiry());
                return store.create(id, again).thenApply(created -> new UpdateResult.Updated(
                        UpdateResult.PresentedToken.CURRENT, created.now(), created.expiresAt()));
            });
        }
    }

    /** Updates a session only once it has ended, so that the race does not depend on the threads. */
    static class RevivingInARace extends Reviving {

        private final CompletableFuture<Void> ended = new CompletableFuture<>();

        @Override
        public CompletionStage<Boolean> destroy(SessionId id) {
            return store.destroy(id).whenComplete((result, failure) -> ended.complete(null));
        }

        @Override
        public CompletionStage<UpdateResult> update(SessionId id, SessionUpdate update) {
            return ended.thenCompose(nothing -> super.update(id, update));
        }
    }

    /** Puts in the place of a session what it makes of the one that the request has loaded. */
    static class ReadingThenWriting extends BrokenStoreTest {

        @Override
        public CompletionStage<UpdateResult> update(SessionId id, SessionUpdate update) {
            if (update.presented() == null || !update.basis().token().current().matches(update.presented().token())
                    || update.expiry() == null) {
                return store.update(id, update);
            }
            return store.destroy(id).thenCompose(ended -> store.create(id, new NewSession(update.presented().token(),
                    update.appliedTo(update.basis().data()), update.expiry())))
                    .thenApply(created -> (UpdateResult) new UpdateResult.Updated(UpdateResult.PresentedToken.CURRENT,
                            created.now(), created.expiresAt()));
        }
    }

    /** A store that does all as it should but for what is overridden. */
    abstract static class BrokenStoreTest extends SessionStoreContract implements ForwardingStore {

        final MapSessionStore store = new MapSessionStore();

        @Override
        protected SessionStore store() {
            return this;
        }

        @Override
        protected Duration timeToLive(SessionId id) {
            StoredSession stored = await(store.load(id));
            return Duration.between(stored.now(), stored.expiresAt()).plus(EXPIRY_SLACK);
        }

        @Override
        public SessionStore delegate() {
            return store;
        }
    }
}
