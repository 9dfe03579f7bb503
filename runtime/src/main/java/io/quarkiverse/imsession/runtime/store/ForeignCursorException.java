package io.quarkiverse.imsession.runtime.store;

/** The beginning of a page was not returned by another page. */
public final class ForeignCursorException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    public ForeignCursorException() {
        super("This is not where a page of sessions begins: pass what the page before told");
    }
}
