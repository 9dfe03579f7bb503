package io.quarkiverse.imsession.it.demo;

import java.util.Arrays;

import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** Turns what clients send into values, or answers 400 with a sentence. */
final class Input {

    private Input() {
    }

    static String userName(String text) {
        String name = text == null ? "" : text.strip();
        if (name.isEmpty() || name.length() > Visitor.LONGEST_NAME) {
            throw badRequest("A user has a name of 1 to " + Visitor.LONGEST_NAME + " characters.");
        }
        return name;
    }

    static Theme theme(String text) {
        return Arrays.stream(Theme.values()).filter(theme -> theme.label().equals(text)).findFirst()
                .orElseThrow(() -> badRequest("The theme is system, light or dark."));
    }

    static Product product(String name) {
        return Product.named(name).orElseThrow(() -> badRequest("There is no such product."));
    }

    private static BadRequestException badRequest(String message) {
        return new BadRequestException(
                Response.status(Response.Status.BAD_REQUEST).type(MediaType.TEXT_PLAIN_TYPE).entity(message + '\n').build());
    }
}
