package io.quarkiverse.imsession.it.demo;

import java.util.List;
import java.util.stream.Stream;

/** What the session keeps of any visitor, whoever it is. */
record Visit(int views, Theme theme, List<CartLine> cart) {

    Visit {
        theme = theme == null ? Theme.SYSTEM : theme;
    }

    Visit viewed() {
        return new Visit(views + 1, theme, cart);
    }

    Visit in(Theme chosen) {
        return new Visit(views, chosen, cart);
    }

    Visit with(Product product) {
        if (cart.stream().noneMatch(line -> line.product().equals(product))) {
            return new Visit(views, theme, Stream.concat(cart.stream(), Stream.of(new CartLine(product, 1))).toList());
        }
        return new Visit(views, theme,
                cart.stream().map(line -> line.product().equals(product) ? line.oneMore() : line).toList());
    }
}
