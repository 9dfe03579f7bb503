package io.quarkiverse.imsession.runtime.device;

/** A proof does not prove that a browser has the key of its device. It tells the reason, and nothing of the proof. */
public final class InvalidProofException extends Exception {

    private static final long serialVersionUID = 1L;

    /** The reasons, in the order in which they are looked for. */
    public enum Reason {
        /** It has more than {@link Proof#MOST_LENGTH} characters. */
        TOO_LONG,
        /** It is no JWT of the form that the draft demands. */
        MALFORMED,
        /** It is another kind of JWT. */
        TYPE,
        /** Its algorithm is not allowed, or is not that of the key. */
        ALGORITHM,
        /** It answers another challenge, or an old one. */
        CHALLENGE,
        /** It does not repeat the authorization of the offer, or it has one and there was none. */
        AUTHORIZATION,
        /** It is for another site. */
        AUDIENCE,
        /** It registers no key, or one that may not be used; or it brings a key of its own to a refresh. */
        KEY,
        /** It was not signed with the key. */
        SIGNATURE
    }

    private final Reason reason;

    InvalidProofException(Reason reason) {
        // Anybody can cause it, so it is made without the costs of a stack trace.
        super(reason.name(), null, false, false);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
