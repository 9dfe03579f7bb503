package io.quarkiverse.imsession.runtime.session;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.quarkiverse.imsession.ImSession;
import io.quarkiverse.imsession.codec.JsonText;
import io.quarkiverse.imsession.runtime.config.ActingConfig;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;

/**
 * Who may act for whom, and for how long.
 *
 * @param roles the roles of those who may act for others; empty if nobody may
 * @param forbidden the roles of those for whom nobody may act
 * @param timeout how long somebody may act at most
 */
record ActingRules(Set<String> roles, Set<String> forbidden, Duration timeout) {

    /** Persian, Indian languages and pictures of persons need them. */
    private static final int ZERO_WIDTH_NON_JOINER = 0x200c;
    private static final int ZERO_WIDTH_JOINER = 0x200d;

    /** Nobody may act for others. */
    static final ActingRules OFF = new ActingRules(Set.of(), Set.of(), Duration.ZERO);

    static ActingRules of(ActingConfig config) {
        return config.roles().isEmpty() ? OFF
                : new ActingRules(Set.copyOf(config.roles().get()), Set.copyOf(config.forbiddenRoles().orElse(List.of())),
                        config.timeout());
    }

    boolean isOn() {
        return !roles.isEmpty();
    }

    /** @throws IllegalStateException if nobody may act for others */
    void checkOn() {
        if (!isOn()) {
            throw new IllegalStateException(
                    "ImSession.actAs() was called, but nobody may act for others: name the roles that may"
                            + " in quarkus.imsession.acting.roles");
        }
    }

    /**
     * Refuses whoever may not act for a user.
     *
     * @param own the log-in of the session; null if there is none
     * @param ownRoles the present roles of that user
     * @param user the log-in of the user to act for
     * @throws UnauthorizedException if nobody is logged in
     * @throws ForbiddenException if the user of the session may not act for this one
     */
    void check(@Nullable Login own, Set<String> ownRoles, Login user) {
        if (own == null) {
            throw new UnauthorizedException("ImSession.actAs() was called in a session in which nobody is logged in");
        }
        if (own.actor() != null) {
            throw new ForbiddenException("ImSession.actAs() was called by somebody who acts for a user already");
        }
        if (roles.stream().noneMatch(ownRoles::contains)) {
            throw new ForbiddenException("ImSession.actAs() was called by a user without any of the roles that"
                    + " quarkus.imsession.acting.roles names");
        }
        if (own.principal().equals(user.principal())) {
            throw new ForbiddenException("ImSession.actAs() was called for the user of the session");
        }
        if (forbidden.stream().anyMatch(user.roles()::contains)) {
            throw new ForbiddenException("ImSession.actAs() was called for a user with a role that"
                    + " quarkus.imsession.acting.forbidden-roles names");
        }
    }

    /**
     * Refuses reasons that cannot be shown as one line: those who read about it must be able to trust what they see.
     *
     * @throws IllegalArgumentException if the reason is blank, too long or no plain text
     */
    static void checkReason(String reason) {
        if (Objects.requireNonNull(reason, "The reason given to ImSession.actAs() is null").isBlank()) {
            throw new IllegalArgumentException("ImSession.actAs() was called with a blank reason");
        }
        if (reason.length() > ImSession.MAX_REASON_LENGTH) {
            throw new IllegalArgumentException("The reason given to ImSession.actAs() has up to " + ImSession.MAX_REASON_LENGTH
                    + " characters, this one has " + reason.length());
        }
        if (!JsonText.isValidUnicode(reason) || reason.codePoints().anyMatch(ActingRules::isDeceptive)) {
            throw new IllegalArgumentException(
                    "The reason given to ImSession.actAs() is one line of plain text, this one has half"
                            + " of a surrogate pair, or a control or format character of Unicode");
        }
    }

    /** Line breaks and other controls, and what lets a text look different from how it is stored. */
    private static boolean isDeceptive(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> true;
            case Character.FORMAT -> c != ZERO_WIDTH_NON_JOINER && c != ZERO_WIDTH_JOINER;
            default -> false;
        };
    }
}
