package io.quarkiverse.imsession.runtime.session;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;

import io.quarkiverse.imsession.ImSession;
import io.quarkiverse.imsession.runtime.config.SecurityConfig.QuarkusCookies;

/**
 * Notes whose sessions were ended, while cookies of the time before sessions are accepted. Such a cookie has no session yet
 * that could be ended, so it would still log its user in.
 */
public final class EndedUsers {

    /** Browsers keep no cookie for longer. */
    private static final Duration REMEMBERED = Duration.ofDays(400);
    private static final String ENDED = "ended";
    private static final String EVERYBODY = "";

    private final GuardedStore store;
    private final QuarkusCookies cookies;

    public EndedUsers(GuardedStore store, QuarkusCookies cookies) {
        this.store = store;
        this.cookies = cookies;
    }

    /** Notes that all sessions with a value of a field are ended. Does nothing if cookies are refused. */
    public CompletionStage<?> add(String field, String value) {
        return cookies == QuarkusCookies.REFUSE ? CompletableFuture.completedStage(ENDED)
                : store.claim(name(field, value), ENDED, REMEMBERED);
    }

    /** Notes that all sessions are ended. */
    public CompletionStage<?> addAll() {
        return add(EVERYBODY, EVERYBODY);
    }

    /**
     * Whether the sessions of the user of a log-in were ended since cookies are accepted. A user that has logged in to a shared
     * cookie since has to log in once more.
     */
    public CompletionStage<Boolean> hasUser(Login login) {
        Stream<String> names = Stream.concat(
                Stream.of(name(EVERYBODY, EVERYBODY), name(ImSession.PRINCIPAL, login.principal())),
                login.references().entrySet().stream().map(reference -> name(reference.getKey(), reference.getValue())));
        return any(names.toList());
    }

    /**
     * Whether the sessions with a value of a field were ended since cookies are accepted. Use this only for values that are not
     * used for a later log-in.
     */
    public CompletionStage<Boolean> has(String field, String value) {
        return any(List.of(name(field, value)));
    }

    private CompletionStage<Boolean> any(List<String> names) {
        List<CompletableFuture<Boolean>> asked = names.stream()
                .map(name -> store.holder(name).thenApply(ENDED::equals).toCompletableFuture()).toList();
        return CompletableFuture.allOf(asked.toArray(CompletableFuture[]::new))
                .thenApply(all -> asked.stream().anyMatch(CompletableFuture::join));
    }

    private static String name(String field, String value) {
        return "ended-users " + field + ' ' + value;
    }
}
