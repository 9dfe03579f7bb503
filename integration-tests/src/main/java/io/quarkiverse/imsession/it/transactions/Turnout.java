package io.quarkiverse.imsession.it.transactions;

/** A view of the session. */
record Turnout(int entered) {

    Turnout next() {
        return new Turnout(entered + 1);
    }
}
