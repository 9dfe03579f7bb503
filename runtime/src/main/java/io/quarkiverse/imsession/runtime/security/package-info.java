/** Internal: log-ins of sessions for Quarkus Security. Its classes are loaded only if the application has Quarkus Security. */
@NullMarked
package io.quarkiverse.imsession.runtime.security;

import org.jspecify.annotations.NullMarked;
