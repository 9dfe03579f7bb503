package io.quarkiverse.imsession.docs;

import java.util.ArrayList;
import java.util.List;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

import io.quarkiverse.imsession.ImSession;

/** What a visitor wants to buy. */
@ApplicationScoped
public class Cart {

    public record Content(List<String> books) {
    }

    @Inject
    ImSession session;

    public void add(String book) {
        session.update(Content.class, content -> {
            List<String> books = new ArrayList<>(content.books() == null ? List.of() : content.books());
            books.add(book);
            return new Content(books);
        });
    }

    public List<String> books() {
        List<String> books = session.as(Content.class).books();
        return books == null ? List.of() : books;
    }
}
