package io.quarkiverse.imsession.deployment;

/** What the extension answers to requests that it refuses. */
final class RefusedText {

    static final String ORIGIN = "The request came from another site, so it was refused. Nothing was stored.";
    static final String TOKEN = "The request came from a page that is out of date. Load the page again, then try once more."
            + " Nothing was stored.";
    static final String CONFLICT = "The session was changed or ended while this request was under way. This change was not stored.";
    static final String LIMIT = "There are too many sessions already. End another one, then try again. This change was not stored.";
    static final String STORE = "The session store is unavailable. Please try again.";

    private RefusedText() {
    }
}
