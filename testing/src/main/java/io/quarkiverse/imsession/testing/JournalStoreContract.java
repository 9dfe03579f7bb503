package io.quarkiverse.imsession.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import io.quarkiverse.imsession.Reference;
import io.quarkiverse.imsession.spi.JournalStore;
import io.quarkiverse.imsession.spi.JournalStore.Limits;
import io.quarkiverse.imsession.spi.JournalStore.StoredEntry;

/**
 * The tests that every {@link JournalStore} must pass, including the built-in ones. Authors of stores extend this class, and
 * return their store from {@link #store()}. Each test has its own users, so all tests may share a store, even a remote one that
 * keeps the journals of earlier tests.
 */
public abstract class JournalStoreContract {

    private static final Duration DAY = Duration.ofDays(1);
    private static final Limits PLENTY = new Limits(1000, DAY);
    private static final int PARALLEL = 200;

    /** The store under test. Returns the same store within a test. */
    protected abstract JournalStore store();

    @Test
    protected void journalOfAnUnknownUserIsEmpty() {
        Reference user = user();
        assertThat(read(user, 10, PLENTY)).isEmpty();
        assertThat(await(store().eraseJournal(user))).isFalse();
    }

    @Test
    protected void entriesAreReadAsTheyWereWrittenTheNewestOneFirst() {
        Reference user = user();
        List<Map<String, String>> entries = List.of(Map.of("kind", "logged_in", "session", "a", "agent", "Firefox"),
                Map.of("kind", "renewed"), Map.of("kind", "ended", "address", "2001:db8::1"));
        entries.forEach(entry -> append(user, entry, PLENTY));

        List<StoredEntry> kept = read(user, 10, PLENTY);
        assertThat(kept).extracting(StoredEntry::entry).containsExactly(entries.get(2), entries.get(1), entries.get(0));
        assertThat(kept).extracting(StoredEntry::time).isSortedAccordingTo(Collections.reverseOrder())
                .allSatisfy(time -> assertThat(time).isEqualTo(Instant.ofEpochMilli(time.toEpochMilli())));
    }

    @Test
    protected void onlyTheNewestEntriesAreReadIfOnlySomeAreWanted() {
        Reference user = user();
        appendNumbers(user, 5, PLENTY);
        assertThat(numbers(read(user, 2, PLENTY))).containsExactly(4, 3);
        assertThat(numbers(read(user, 1, PLENTY))).containsExactly(4);
        assertThat(numbers(read(user, 5, PLENTY))).containsExactly(4, 3, 2, 1, 0);
    }

    @Test
    protected void theNewestEntriesAreKept() {
        Reference user = user();
        Limits limits = new Limits(5, DAY);
        appendNumbers(user, 12, limits);
        assertThat(numbers(read(user, 100, limits))).containsExactly(11, 10, 9, 8, 7);
    }

    @Test
    protected void oneEntryMayBeAllThatIsKept() {
        Reference user = user();
        Limits limits = new Limits(1, DAY);
        appendNumbers(user, 3, limits);
        assertThat(numbers(read(user, 100, limits))).containsExactly(2);
    }

    @Test
    protected void parallelCallsLoseNoEntry() {
        Reference user = user();
        appendInParallel(user, PLENTY);
        assertThat(numbers(read(user, 1000, PLENTY))).hasSize(PARALLEL).containsExactlyInAnyOrderElementsOf(
                IntStream.range(0, PARALLEL).boxed().toList());
    }

    @Test
    protected void parallelCallsKeepTheGreatestNumberOfEntries() {
        Reference user = user();
        Limits limits = new Limits(10, DAY);
        appendInParallel(user, limits);
        assertThat(numbers(read(user, 1000, limits))).hasSize(10).doesNotHaveDuplicates();
        append(user, number(PARALLEL), limits);
        List<Integer> after = numbers(read(user, 1000, limits));
        assertThat(after).hasSize(10).first().isEqualTo(PARALLEL);
    }

    @Test
    protected void entriesAreForgottenWhenTheyAreTooOld() {
        Reference user = user();
        Limits brief = new Limits(1000, Duration.ofMillis(300));
        appendNumbers(user, 3, brief);
        Awaitility.await().until(() -> read(user, 100, brief).isEmpty());
        append(user, number(3), PLENTY);
        assertThat(numbers(read(user, 100, PLENTY))).contains(3);
        Awaitility.await().until(() -> read(user, 100, brief).isEmpty());
    }

    @Test
    protected void usersOfAnyNameAndFieldsAreKeptApart() {
        String base = UUID.randomUUID().toString();
        List<Reference> users = new ArrayList<>();
        for (String name : List.of(base, base.toUpperCase(Locale.ROOT) + "\u00c4", base + "*", base + "?", base + "[a]",
                base + "{", base + "}", "{" + base + "}", base + ":", base + "%7B", base + "%", base + "' OR 1=1 --",
                base + "\"",
                base + "\\", base + "\n", base + "\r\nFLUSHALL\r\n", base + "\u0000", base + "\u0000x", base + "\uf8ff",
                base + " ", " " + base, base + "\u00e9", base + "e\u0301", base + "\ud83d\ude80",
                base + "x".repeat(Reference.MAX_VALUE_LENGTH - base.length()))) {
            users.add(Reference.of("user_id", name));
        }
        users.add(Reference.of("user", base));
        users.add(Reference.of("user_id:x", base));
        users.add(Reference.of("user_id{", base));
        for (int i = 0; i < users.size(); i++) {
            append(users.get(i), number(i), PLENTY);
        }
        for (int i = 0; i < users.size(); i++) {
            assertThat(numbers(read(users.get(i), 10, PLENTY))).as(users.get(i).value()).containsExactly(i);
        }
        for (Reference user : users) {
            assertThat(await(store().eraseJournal(user))).as(user.value()).isTrue();
        }
    }

    @Test
    protected void textsOfAnyCharactersAreKept() {
        Reference user = user();
        for (String text : List.of("", " ", "null", "{}", "\"", "\\u0000", "\u0000", "a\u0000b", "\uf8ff", "\uf8ff0000",
                "\ud83d\ude80",
                "'; DROP TABLE imsession_journal; --", "\r\n*1\r\n$8\r\nFLUSHALL\r\n", "\u00ff\u0080", "\u202e",
                "x".repeat(1000),
                "\u0000".repeat(1000))) {
            Map<String, String> entry = Map.of("agent", text, "kind", "logged_in");
            append(user, entry, PLENTY);
            assertThat(read(user, 1, PLENTY)).as(text).singleElement().extracting(StoredEntry::entry).isEqualTo(entry);
        }
    }

    @Test
    protected void erasedJournalIsGoneAndAnotherOneBegins() {
        Reference user = user();
        Reference other = user();
        appendNumbers(user, 3, PLENTY);
        appendNumbers(other, 2, PLENTY);
        assertThat(await(store().eraseJournal(user))).isTrue();
        assertThat(read(user, 10, PLENTY)).isEmpty();
        assertThat(await(store().eraseJournal(user))).isFalse();
        assertThat(read(other, 10, PLENTY)).hasSize(2);
        append(user, number(7), PLENTY);
        assertThat(numbers(read(user, 10, PLENTY))).containsExactly(7);
    }

    private void appendInParallel(Reference user, Limits limits) {
        List<CompletableFuture<Void>> appending = IntStream.range(0, PARALLEL)
                .mapToObj(i -> store().appendToJournal(user, number(i), limits).toCompletableFuture()).toList();
        await(CompletableFuture.allOf(appending.toArray(CompletableFuture[]::new)));
    }

    private void appendNumbers(Reference user, int count, Limits limits) {
        for (int i = 0; i < count; i++) {
            append(user, number(i), limits);
        }
    }

    /** Adds an entry to the journal of a user, and waits until it is there. */
    protected final void append(Reference user, Map<String, String> entry, Limits limits) {
        await(store().appendToJournal(user, entry, limits));
    }

    /** The newest entries of a user. */
    protected final List<StoredEntry> read(Reference user, int most, Limits limits) {
        return await(store().readJournal(user, most, limits));
    }

    private static Map<String, String> number(int number) {
        return Map.of("number", Integer.toString(number));
    }

    private static List<Integer> numbers(List<StoredEntry> kept) {
        return kept.stream().map(entry -> Integer.valueOf(entry.entry().get("number"))).toList();
    }

    /** A user without a journal. */
    protected static Reference user() {
        return Reference.of("user_id", UUID.randomUUID());
    }

    /** The result of a call of the store. */
    protected static <T> T await(CompletionStage<T> stage) {
        return stage.toCompletableFuture().orTimeout(60, TimeUnit.SECONDS).join();
    }
}
