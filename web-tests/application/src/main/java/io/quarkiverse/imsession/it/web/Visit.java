package io.quarkiverse.imsession.it.web;

import java.util.ArrayList;
import java.util.List;

import io.quarkiverse.imsession.SessionRecord;

/** The session, by which templates are checked. */
@SessionRecord
record Visit(String name, int visits, List<Line> cart) {

    /** In a field's value. */
    record Line(String product, int quantity) {
    }

    Visit {
        cart = cart == null ? List.of() : cart;
    }

    Visit with(String product) {
        List<Line> more = new ArrayList<>(cart);
        more.add(new Line(product, more.size() + 1));
        return new Visit(name, visits, more);
    }
}
