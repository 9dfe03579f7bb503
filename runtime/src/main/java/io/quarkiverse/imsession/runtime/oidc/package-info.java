/**
 * Internal: log-ins by OpenID Connect, with tokens in the session. Its classes are loaded only if the application has
 * quarkus-oidc.
 */
@NullMarked
package io.quarkiverse.imsession.runtime.oidc;

import org.jspecify.annotations.NullMarked;
