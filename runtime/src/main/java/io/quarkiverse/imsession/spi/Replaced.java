package io.quarkiverse.imsession.spi;

/**
 * A session was stored in the place of another one.
 *
 * @param ended whether there was another one
 * @param created the session that was stored
 */
public record Replaced(boolean ended, Created created) {
}
