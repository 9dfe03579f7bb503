/**
 * Internal: what log-ins of all mechanisms of Quarkus share. Its classes are loaded only if the application has Quarkus
 * Security.
 */
@NullMarked
package io.quarkiverse.imsession.runtime.login;

import org.jspecify.annotations.NullMarked;
