package io.quarkiverse.imsession.it.demo;

import java.util.Arrays;

import io.quarkiverse.imsession.ImSession;
import io.quarkiverse.imsession.SessionId;

/** Turns what clients send into values, or answers 400 with a sentence. */
final class Input {

    private Input() {
    }

    /** Of a user who needs no password. */
    static String userName(String text) {
        String name = name(text);
        if (name.equalsIgnoreCase(AdminApi.USER)) {
            throw Refusal.badRequest("This user has a password: log in at /admin-login.");
        }
        return name;
    }

    static String name(String text) {
        String name = text == null ? "" : text.strip();
        if (name.isEmpty() || name.length() > Visitor.LONGEST_NAME) {
            throw Refusal.badRequest("A user has a name of 1 to " + Visitor.LONGEST_NAME + " characters.");
        }
        return name;
    }

    /** Empty to take the name away. */
    static String deviceName(String text) {
        String name = text == null ? "" : text.strip();
        if (name.length() > ImSession.MAX_LABEL_LENGTH) {
            throw Refusal.badRequest("A device has a name of up to " + ImSession.MAX_LABEL_LENGTH + " characters.");
        }
        return name;
    }

    static SessionId sessionId(String text) {
        try {
            return new SessionId(text);
        } catch (IllegalArgumentException e) {
            throw Refusal.badRequest(e.getMessage() + '.');
        }
    }

    static Theme theme(String text) {
        return Arrays.stream(Theme.values()).filter(theme -> theme.label().equals(text)).findFirst()
                .orElseThrow(() -> Refusal.badRequest("The theme is system, light or dark."));
    }

    static Product product(String name) {
        return Product.named(name).orElseThrow(() -> Refusal.badRequest("There is no such product."));
    }
}
