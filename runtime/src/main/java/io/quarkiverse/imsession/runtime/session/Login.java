package io.quarkiverse.imsession.runtime.session;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import io.quarkiverse.imsession.ImSession;
import io.quarkiverse.imsession.SessionData;
import io.quarkiverse.imsession.SessionDecodingException;
import io.quarkiverse.imsession.codec.FieldName;
import io.quarkiverse.imsession.codec.JsonText;
import io.quarkiverse.imsession.spi.StoredSession;

/**
 * The log-in of a user, with roles. It is kept apart from the data, so that the application cannot change it by mistake. It is
 * valid only as long as the data names the same principal. So every session of a logged-in user is found by that field.
 *
 * @param by the mechanism: {@link #BY_APPLICATION}, another name, or one that begins with {@link #BY_OIDC}
 * @param subject the user as the provider knows it; null if the users are those of the application
 * @param references other fields of the data that must have these texts, so that the session is found by them
 */
public record Login(String principal, Set<String> roles, String by, @Nullable String subject, Map<String, String> references) {

    /** The application has called {@code ImSession.login()}. */
    public static final String BY_APPLICATION = "session";
    /**
     * The beginning of the names of log-ins by OIDC, before the name of the tenant. They are valid as long as tokens are there.
     */
    public static final String BY_OIDC = "oidc:";

    /**
     * Somebody acts for the user. Valid as long as the attribute names the same actor as the reference does, see
     * {@link Acting}.
     */
    static final String BY_ACTING = "acting";

    private static final String ROLES = "roles";
    private static final String BY = "by";
    private static final String SUBJECT = "subject";
    private static final String REFERENCES = "references";

    /** @throws IllegalArgumentException if the name is blank, or a text is no valid Unicode */
    static Login of(String principal, Set<String> roles) {
        return of(principal, roles, BY_APPLICATION);
    }

    /**
     * A log-in of a user of the application.
     *
     * @throws IllegalArgumentException if the name is blank, or a text is no valid Unicode
     */
    public static Login of(String principal, Set<String> roles, String by) {
        return of(principal, roles, by, null, Map.of());
    }

    /** @throws IllegalArgumentException if the name is blank, or a text is no valid Unicode */
    public static Login of(String principal, Set<String> roles, String by, @Nullable String subject,
            Map<String, String> references) {
        check("login", principal, roles);
        return new Login(principal, Set.copyOf(roles), by, subject, Map.copyOf(references));
    }

    /**
     * The log-in by which the user of another log-in acts for a user. It is found by whatever that one is found by, so that it
     * ends with it.
     */
    static Login acted(String principal, Set<String> roles, Login actor) {
        Map<String, String> references = new HashMap<>(actor.references);
        references.put(ImSession.ACTED_BY, actor.principal);
        return new Login(principal, Set.copyOf(roles), BY_ACTING, null, Map.copyOf(references));
    }

    /** @throws IllegalArgumentException if the name is blank, or a text is no valid Unicode */
    static void check(String method, String principal, Set<String> roles) {
        String call = "ImSession." + method + "()";
        if (Objects.requireNonNull(principal, () -> "The name given to " + call + " is null").isBlank()) {
            throw new IllegalArgumentException(call + " was called with a blank name");
        }
        Objects.requireNonNull(roles, () -> "The roles given to " + call + " are null");
        roles.forEach(role -> Objects.requireNonNull(role, () -> "A role given to " + call + " is null"));
        if (!JsonText.isValidUnicode(principal) || !roles.stream().allMatch(JsonText::isValidUnicode)) {
            throw new IllegalArgumentException(
                    call + " was called with a name or a role that is no valid Unicode: it has half of"
                            + " a surrogate pair");
        }
    }

    /** The name of the user who acts for this one; null if nobody does. */
    public @Nullable String actor() {
        return by.equals(BY_ACTING) ? references.get(ImSession.ACTED_BY) : null;
    }

    /** The log-in that the application sees, or null if no user is logged in. */
    static @Nullable Login of(SessionState state) {
        return valid(owner(state), state::attribute, state.data());
    }

    /** The log-in of a stored session, or null if no user is logged in. */
    public static @Nullable Login of(StoredSession session) {
        return of(session.data(), session.attributes());
    }

    /** The name of the user that is logged in to a session with this data and these attributes; empty if there is none. */
    static Optional<String> principal(SessionData data, Map<String, String> attributes) {
        return Optional.ofNullable(of(data, attributes)).map(Login::principal);
    }

    private static @Nullable Login of(SessionData data, Map<String, String> attributes) {
        return valid(owner(attributes.get(Attributes.LOGIN), data), attributes::get, data);
    }

    private static @Nullable Login valid(@Nullable Login owner, Function<String, @Nullable String> attributes,
            @Nullable SessionData data) {
        return owner != null && data != null && owner.hasCredentials(attributes) && owner.isActedAsKept(attributes)
                && owner.isFoundIn(data) ? owner : null;
    }

    /**
     * The last log-in of a session whose data is still that of its user, also if the user has to log in again; null if there is
     * none.
     */
    static @Nullable Login owner(SessionState state) {
        return owner(state.attribute(Attributes.LOGIN), state.data());
    }

    private static @Nullable Login owner(@Nullable String kept, @Nullable SessionData data) {
        Login login = kept == null || data == null ? null : decode(kept);
        return login != null && login.principal.equals(textOf(data, ImSession.PRINCIPAL)) ? login : null;
    }

    /** Whether the session still has a log-in that belongs to nobody. */
    static boolean isLeftBehind(SessionState state) {
        return state.attribute(Attributes.LOGIN) != null && owner(state) == null;
    }

    /** Whether the session still has a log-in that is no longer valid. */
    static boolean isOver(SessionState state) {
        return state.attribute(Attributes.LOGIN) != null && of(state) == null;
    }

    /** The attribute without which the log-in is not valid; null if it needs none. */
    public @Nullable String credentials() {
        return by.startsWith(BY_OIDC) ? credentials(by) : null;
    }

    /** The attribute without which log-ins by a mechanism that begins with {@link #BY_OIDC} are not valid. */
    public static String credentials(String by) {
        return FieldName.PRIVATE + by;
    }

    private boolean hasCredentials(Function<String, @Nullable String> attributes) {
        String name = credentials();
        String text = name == null ? null : attributes.apply(name);
        return name == null || text != null && !text.isEmpty();
    }

    private boolean isActedAsKept(Function<String, @Nullable String> attributes) {
        if (!by.equals(BY_ACTING)) {
            return true;
        }
        Acting acting = Acting.decode(attributes.apply(Attributes.ACTING));
        return acting != null && acting.actor().equals(actor());
    }

    private boolean isFoundIn(SessionData data) {
        for (Map.Entry<String, String> reference : references.entrySet()) {
            if (!reference.getValue().equals(textOf(data, reference.getKey()))) {
                return false;
            }
        }
        return true;
    }

    /** Whether this log-in may keep the data of a session with another log-in, or with none. */
    boolean follows(@Nullable Login before) {
        return before == null || before.principal.equals(principal) && Objects.equals(before.subject, subject);
    }

    /** The data with what this log-in is found by, and without what only the log-in before it was found by. */
    SessionData after(@Nullable Login before, SessionData data) {
        SessionData after = data;
        for (String name : before == null ? Set.<String> of() : before.references.keySet()) {
            after = references.containsKey(name) ? after : after.without(name);
        }
        after = after.with(ImSession.PRINCIPAL, principal);
        for (Map.Entry<String, String> reference : references.entrySet()) {
            after = after.with(reference.getKey(), reference.getValue());
        }
        return after;
    }

    /** The text to store. What is usual is left out. */
    String encode() {
        Map<String, Object> json = new TreeMap<>(Map.of(ImSession.PRINCIPAL, principal, ROLES, new TreeSet<>(roles)));
        if (!by.equals(BY_APPLICATION)) {
            json.put(BY, by);
        }
        if (subject != null) {
            json.put(SUBJECT, subject);
        }
        if (!references.isEmpty()) {
            json.put(REFERENCES, new TreeMap<>(references));
        }
        return JsonText.writeObject(json);
    }

    /** The log-in of a stored text; null if the text is damaged, so that the user has to log in again. */
    private static @Nullable Login decode(String kept) {
        Map<?, ?> json = JsonText.readObject(kept);
        return json != null && json.get(ImSession.PRINCIPAL) instanceof String principal
                && json.get(ROLES) instanceof List<?> roles
                        ? new Login(principal, texts(roles), json.get(BY) instanceof String by ? by : BY_APPLICATION,
                                json.get(SUBJECT) instanceof String subject ? subject : null,
                                json.get(REFERENCES) instanceof Map<?, ?> references ? texts(references) : Map.of())
                        : null;
    }

    private static Set<String> texts(List<?> values) {
        return values.stream().filter(String.class::isInstance).map(String.class::cast).collect(Collectors.toUnmodifiableSet());
    }

    /** A value that is no text equals no text of the data, so the log-in is not valid. */
    private static Map<String, String> texts(Map<?, ?> values) {
        return values.entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(entry -> entry.getKey().toString(), entry -> "" + entry.getValue()));
    }

    private static @Nullable String textOf(SessionData data, String name) {
        try {
            return data.get(name, String.class).orElse(null);
        } catch (SessionDecodingException e) {
            return null;
        }
    }

    /** Leaves the name of the user out. */
    @Override
    public String toString() {
        return "Login";
    }
}
