package io.quarkiverse.imsession.it.demo;

import java.util.List;
import java.util.Optional;

/** Something to put into the cart. */
record Product(String name, int cents) {

    static final List<Product> ALL = List.of(new Product("Tea", 450), new Product("Bread", 320), new Product("Honey", 790));

    static Optional<Product> named(String name) {
        return ALL.stream().filter(product -> product.name().equals(name)).findFirst();
    }
}
