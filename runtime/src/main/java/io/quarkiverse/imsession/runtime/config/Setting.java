package io.quarkiverse.imsession.runtime.config;

/**
 * A setting and its effective value.
 *
 * @param name the name of the setting without {@code quarkus.imsession.}
 * @param value as text, never a secret
 */
public record Setting(String name, String value) {
}
