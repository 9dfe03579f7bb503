package io.quarkiverse.imsession;

import io.quarkiverse.imsession.SessionEvent.Refused.Reason;

/** A request does not prove that it comes from the application's own pages. The application has not seen it. */
public final class CrossSiteRequestException extends RequestRefusedException {

    private static final long serialVersionUID = 1L;

    private final Reason reason;

    /**
     * @param reason the proof that is missing: {@link Reason#ORIGIN} or {@link Reason#TOKEN}
     * @throws IllegalArgumentException if it is another one
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
