package io.quarkiverse.imsession;

import java.util.Optional;

/**
 * Who uses a session, for a page of devices: as of the time when the session got its token. All are empty unless they are
 * recorded, as they are personal data.
 *
 * @param userAgent the {@code User-Agent} header, up to 256 characters of it; recorded with
 *        {@code quarkus.imsession.client.record-user-agent}
 * @param address the IP address, behind a proxy that which the proxy tells if {@code quarkus.http.proxy.*} trusts it; recorded
 *        with {@code quarkus.imsession.client.record-address}
 * @param label what the application named the session with {@link ImSession#label}
 */
public record SessionClient(Optional<String> userAgent, Optional<String> address, Optional<String> label) {
}
