package io.quarkiverse.imsession.it.demo;

/** A product in the cart. */
record CartLine(Product product, int quantity) {

    CartLine oneMore() {
        return new CartLine(product, quantity + 1);
    }

    public int cents() {
        return quantity * product.cents();
    }
}
