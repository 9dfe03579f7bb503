/** Internal: log-ins by passkeys. Its classes are loaded only if the application has {@code quarkus-security-webauthn}. */
@NullMarked
package io.quarkiverse.imsession.runtime.passkeys;

import org.jspecify.annotations.NullMarked;
