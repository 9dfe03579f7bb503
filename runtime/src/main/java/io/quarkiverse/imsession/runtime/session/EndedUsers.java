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

    /** Notes that all sessions with a value of a field are ended. Users of shared cookies can log in to those later. */
    public CompletionStage<?> add(String field, String value) {
        return note(QuarkusCookies.TAKE_OVER, field, value);
    }

    /** Notes that of a value that is used for no later log-in, for shared cookies. */
    public CompletionStage<?> addShared(String field, String value) {
        return note(QuarkusCookies.SHARE, field, value);
    }

    private CompletionStage<?> note(QuarkusCookies mode, String field, String value) {
        return cookies == mode ? store.claim(name(mode, field, value), ENDED, REMEMBERED)
                : CompletableFuture.completedStage(ENDED);
    }

    /** Notes that all sessions are ended. */
    public CompletionStage<?> addAll() {
        return add(EVERYBODY, EVERYBODY);
    }

    /** Whether the sessions of the user of a log-in were ended since cookies are taken over. */
    public CompletionStage<Boolean> hasUser(Login login) {
        Stream<String> names = Stream.concat(
                Stream.of(name(QuarkusCookies.TAKE_OVER, EVERYBODY, EVERYBODY),
                        name(QuarkusCookies.TAKE_OVER, ImSession.PRINCIPAL, login.principal())),
                login.references().entrySet().stream()
                        .map(reference -> name(QuarkusCookies.TAKE_OVER, reference.getKey(), reference.getValue())));
        return any(names.toList());
    }

    /**
     * Whether the sessions with a value of a field were ended since cookies are accepted. Use this only for values that are not
     * used for a later log-in.
     */
    public CompletionStage<Boolean> has(String field, String value) {
        return any(Stream.of(QuarkusCookies.TAKE_OVER, QuarkusCookies.SHARE).map(mode -> name(mode, field, value)).toList());
    }

    private CompletionStage<Boolean> any(List<String> names) {
        List<CompletableFuture<Boolean>> asked = names.stream()
                .map(name -> store.holder(name).thenApply(ENDED::equals).toCompletableFuture()).toList();
        return CompletableFuture.allOf(asked.toArray(CompletableFuture[]::new))
                .thenApply(all -> asked.stream().anyMatch(CompletableFuture::join));
    }

    private static String name(QuarkusCookies mode, String field, String value) {
        return "ended-users " + mode + ' ' + field + ' ' + value;
    }
}
