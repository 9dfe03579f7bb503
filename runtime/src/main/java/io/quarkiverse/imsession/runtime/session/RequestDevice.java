package io.quarkiverse.imsession.runtime.session;

import org.jspecify.annotations.Nullable;

import io.quarkiverse.imsession.SessionId;
import io.quarkiverse.imsession.runtime.device.DeviceBinding;
import io.quarkiverse.imsession.runtime.device.DeviceOffer;

/**
 * What a request has to do with the device of its session: whether it comes from there, and the offer to bind the session,
 * which goes with a new token. Made only if sessions are bound to devices.
 */
final class RequestDevice {

    private final DeviceBindings devices;
    /** The session to whose device the request belongs. */
    private final @Nullable SessionId proved;
    private volatile @Nullable DeviceOffer offer;

    /** @param proved the session to whose device the request belongs; null if it has proved nothing */
    RequestDevice(DeviceBindings devices, @Nullable SessionId proved) {
        this.devices = devices;
        this.proved = proved;
    }

    /** The same device in the answer to a refused request, which offers nothing. */
    RequestDevice refused() {
        return new RequestDevice(devices, proved);
    }

    boolean isOf(@Nullable SessionId session) {
        return proved != null && proved.equals(session);
    }

    /** The session with an offer to bind it to the device of the client, unless it is bound. */
    SessionState offered(SessionState renewed) {
        return DeviceBinding.isInForce(renewed.attribute(Attributes.DEVICE)) ? renewed
                : renewed.with(Attributes.DEVICE,
                        madeOffer().kept(renewed.isLoaded() ? renewed.loaded().stored().now() : null));
    }

    /** A change that is repeated keeps its offer. */
    private synchronized DeviceOffer madeOffer() {
        DeviceOffer made = offer != null ? offer : devices.offer();
        offer = made;
        return made;
    }

    /** The offer of this request, if the session has been stored with it; else null. */
    @Nullable
    DeviceOffer storedOffer(RequestChanges session) {
        DeviceOffer made = offer;
        LoadedSession stored = made == null ? null : session.settled();
        return stored != null && made.isKeptIn(stored.stored().attributes().get(Attributes.DEVICE)) ? made : null;
    }
}
