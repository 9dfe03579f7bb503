package io.quarkiverse.imsession.runtime.store;

/** A text was passed as the beginning of a page that no page has told. */
public final class ForeignCursorException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    public ForeignCursorException() {
        super("This is not where a page of sessions begins: pass what the page before told");
    }
}
