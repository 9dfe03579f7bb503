package io.quarkiverse.imsession.runtime.devices;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

import io.netty.util.NetUtil;
import io.quarkiverse.imsession.SessionClient;

/**
 * Whether one client could be another: it has the same family of browsers on the same system, and an address of the same
 * network. What is not recorded says nothing. So a client may not resemble itself, for example a phone on the way, and others
 * may. It is a hint for the user, and no proof.
 *
 * @param userAgents whether sessions record the {@code User-Agent} of their client
 * @param addresses whether they record its address
 */
record Resemblance(boolean userAgents, boolean addresses) {

    /** The bytes of what a household or an office has: 24 bits of IPv4, 48 bits of IPv6 (RFC 6177). */
    private static final int NETWORK_OF_4 = 3;
    private static final int NETWORK_OF_6 = 6;
    private static final int LENGTH_OF_4 = 4;
    /** What an IPv4 address begins with that is written as one of IPv6 (RFC 4291 §2.5.5.2). */
    private static final byte[] MAPPED = { 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1 };

    /**
     * @param client a client that has just logged in. If nothing was recorded of it although it should have been, it hides
     *        that, and resembles only others that do
     * @param other the client of another session, which may be from a time when less was recorded
     */
    boolean resembles(SessionClient client, SessionClient other) {
        return (!userAgents || isSame(client.userAgent().map(ClientName::of), other.userAgent().map(ClientName::of)))
                && (!addresses
                        || isSame(client.address().map(Resemblance::network), other.address().map(Resemblance::network)));
    }

    private static <T> boolean isSame(Optional<T> one, Optional<T> other) {
        return other.isEmpty() || one.equals(other);
    }

    /** The network of an IP address as text; the text itself if it is no address. */
    static String network(String address) {
        byte[] bytes = NetUtil.createByteArrayFromIpAddressString(address);
        if (bytes == null) {
            return address;
        }
        if (bytes.length > LENGTH_OF_4 && Arrays.equals(bytes, 0, MAPPED.length, MAPPED, 0, MAPPED.length)) {
            bytes = Arrays.copyOfRange(bytes, MAPPED.length, bytes.length);
        }
        return HexFormat.of().formatHex(bytes, 0, bytes.length == LENGTH_OF_4 ? NETWORK_OF_4 : NETWORK_OF_6);
    }
}
