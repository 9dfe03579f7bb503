package io.quarkiverse.imsession;

import io.quarkiverse.imsession.SessionEvent.Refused.Reason;

/**
 * A request was refused because it does not prove that it comes from the application's own pages. The extension throws this
 * before the application sees the request.
 */
public final class CrossSiteRequestException extends RequestRefusedException {

    private static final long serialVersionUID = 1L;

    private final Reason reason;

    /**
     * @param reason the proof that is missing: {@link Reason#ORIGIN} or {@link Reason#TOKEN}
     * @throws IllegalArgumentException if {@code reason} is another one
     */
    public CrossSiteRequestException(Reason reason) {
        super(switch (reason) {
            case ORIGIN -> "The browser says that the request comes from another origin. If its pages may send requests, add it"
                    + " to quarkus.imsession.csrf.trusted-origins, or the path to quarkus.imsession.csrf.exempt-paths";
            case TOKEN ->
                "The request has no CSRF token of its session. Send the one of ImSession.csrf().token(), in the header"
                        + " quarkus.imsession.csrf.header or the form field quarkus.imsession.csrf.field";
            default -> throw new IllegalArgumentException("No proof is called " + reason);
        });
        this.reason = reason;
    }

    /** The proof that is missing: {@link Reason#ORIGIN} or {@link Reason#TOKEN}. */
    @Override
    public Reason reason() {
        return reason;
    }
}
