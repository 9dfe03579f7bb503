package org.acme.shop;

public enum Product {

    TEA("Tea", 4),
    MUG("Mug", 12),
    BISCUITS("Biscuits", 3);

    private final String title;
    private final int price;

    Product(String title, int price) {
        this.title = title;
        this.price = price;
    }

    public String title() {
        return title;
    }

    /** In euros. */
    public int price() {
        return price;
    }
}
