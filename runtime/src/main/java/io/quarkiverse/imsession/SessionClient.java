package io.quarkiverse.imsession;

import java.util.Optional;

/**
 * The client that uses a session, for a page of devices: as it was when the session got its current token. User agent and
 * address are personal data: they are empty unless the application has them recorded.
 *
 * @param userAgent the {@code User-Agent} header, up to 256 characters of it; recorded with {@code
 *        quarkus.imsession.client.record-user-agent}
 * @param address the IP address, behind a proxy the address that the proxy forwards, if {@code quarkus.http.proxy.*} trusts it;
 *        recorded with {@code quarkus.imsession.client.record-address}
 * @param label the label that the application gave the session with {@link ImSession#label}
 */
public record SessionClient(Optional<String> userAgent, Optional<String> address, Optional<String> label) {
}
