package io.quarkiverse.imsession.it.demo;

import io.quarkus.runtime.annotations.RegisterForReflection;

/** A product in the cart. */
@RegisterForReflection
record CartLine(Product product, int quantity) {

    CartLine oneMore() {
        return new CartLine(product, quantity + 1);
    }

    public int cents() {
        return quantity * product.cents();
    }
}
