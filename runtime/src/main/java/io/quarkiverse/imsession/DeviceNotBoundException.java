package io.quarkiverse.imsession;

import io.quarkiverse.imsession.SessionEvent.Refused;

/**
 * The request has a session that is not bound to a device, and its path is one of
 * {@code quarkus.imsession.device-bound.required-for}. The application does not see such a request.
 */
public final class DeviceNotBoundException extends RequestRefusedException {

    private static final long serialVersionUID = 1L;

    /** The refusal of a request. */
    public DeviceNotBoundException() {
        super("The path needs a session that is bound to the device of its browser, and this one is not, or not yet: see"
                + " quarkus.imsession.device-bound.required-for");
    }

    @Override
    public Refused.Reason reason() {
        return Refused.Reason.DEVICE;
    }
}
