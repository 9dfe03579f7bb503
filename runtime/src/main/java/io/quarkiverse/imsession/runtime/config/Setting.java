package io.quarkiverse.imsession.runtime.config;

/**
 * A setting in force.
 *
 * @param name the key without {@code quarkus.imsession.}
 * @param value as text, never a secret
 */
public record Setting(String name, String value) {
}
