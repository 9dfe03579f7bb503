package io.quarkiverse.imsession.it.layers;

/** What failing endpoints throw: without a stack, as it is logged. */
final class ExpectedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    ExpectedException(String message) {
        super(message, null, false, false);
    }
}
