package io.quarkiverse.imsession.runtime.session;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import io.quarkiverse.imsession.ImSession;
import io.quarkiverse.imsession.SessionData;
import io.quarkiverse.imsession.SessionDecodingException;
import io.quarkiverse.imsession.codec.JsonText;
import io.quarkiverse.imsession.spi.StoredSession;

/**
 * The log-in of a user, with roles. It is kept apart from the data, so that the application cannot change it by mistake. It is
 * valid only as long as the data names the same principal. So every session of a logged-in user is found by that field.
 */
public record Login(String principal, Set<String> roles) {

    private static final String ROLES = "roles";

    /** @throws IllegalArgumentException if the name is blank, or a text is no valid Unicode */
    static Login of(String principal, Set<String> roles) {
        if (Objects.requireNonNull(principal, "The name given to ImSession.login() is null").isBlank()) {
            throw new IllegalArgumentException("ImSession.login() was called with a blank name");
        }
        Objects.requireNonNull(roles, "The roles given to ImSession.login() are null");
        roles.forEach(role -> Objects.requireNonNull(role, "A role given to ImSession.login() is null"));
        if (!JsonText.isValidUnicode(principal) || !roles.stream().allMatch(JsonText::isValidUnicode)) {
            throw new IllegalArgumentException("ImSession.login() was called with a name or a role that is no valid Unicode: it"
                    + " has half of a surrogate pair");
        }
        return new Login(principal, Set.copyOf(roles));
    }

    /** The log-in that the application sees, or null if no user is logged in. */
    static @Nullable Login of(SessionState state) {
        return of(state.attribute(Attributes.LOGIN), state.data());
    }

    /** The log-in of a stored session, or null if no user is logged in. */
    public static @Nullable Login of(StoredSession session) {
        return of(session.attributes().get(Attributes.LOGIN), session.data());
    }

    /** The name of the user that is logged in to a session with this data and these attributes; empty if there is none. */
    static Optional<String> principal(SessionData data, Map<String, String> attributes) {
        return Optional.ofNullable(of(attributes.get(Attributes.LOGIN), data)).map(Login::principal);
    }

    private static @Nullable Login of(@Nullable String kept, @Nullable SessionData data) {
        Login login = kept == null || data == null ? null : decode(kept);
        return login != null && login.principal.equals(principalOf(data)) ? login : null;
    }

    /** Whether the session still has a log-in that is no longer valid. */
    static boolean isLeftBehind(SessionState state) {
        return state.attribute(Attributes.LOGIN) != null && of(state) == null;
    }

    /** Whether this log-in may keep the data of a session with another log-in, or with none. */
    boolean follows(@Nullable Login before) {
        return before == null || before.principal.equals(principal);
    }

    SessionData in(SessionData data) {
        return data.with(ImSession.PRINCIPAL, principal);
    }

    /** The text to store. */
    String encode() {
        try {
            return JsonText.write(Map.of(ImSession.PRINCIPAL, principal, ROLES, new TreeSet<>(roles)));
        } catch (IOException e) {
            throw new UncheckedIOException("Texts are always written", e);
        }
    }

    /** The log-in of a stored text; null if the text is damaged, so that the user has to log in again. */
    private static @Nullable Login decode(String kept) {
        try {
            return JsonText.read(kept, Map.class) instanceof Map<?, ?> json
                    && json.get(ImSession.PRINCIPAL) instanceof String principal && json.get(ROLES) instanceof List<?> roles
                            ? new Login(principal, roles.stream().filter(String.class::isInstance).map(String.class::cast)
                                    .collect(Collectors.toUnmodifiableSet()))
                            : null;
        } catch (IOException e) {
            return null;
        }
    }

    private static @Nullable String principalOf(SessionData data) {
        try {
            return data.get(ImSession.PRINCIPAL, String.class).orElse(null);
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
