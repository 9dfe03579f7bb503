package org.acme.shop;

import java.util.ArrayList;
import java.util.List;

/** The part of the session that the visitor wants to buy. */
public record Cart(List<Line> lines) {

    public record Line(Product product, int quantity) {
    }

    static Cart empty() {
        return new Cart(List.of());
    }

    Cart with(Product product) {
        int quantity = lines.stream().filter(line -> line.product() == product).mapToInt(Line::quantity).sum();
        List<Line> changed = new ArrayList<>(without(product).lines());
        changed.add(new Line(product, quantity + 1));
        return new Cart(changed);
    }

    Cart without(Product product) {
        return new Cart(lines.stream().filter(line -> line.product() != product).toList());
    }

    /** In euros. */
    int total() {
        return lines.stream().mapToInt(line -> line.product().price() * line.quantity()).sum();
    }
}
