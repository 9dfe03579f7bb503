/** Internal: the settings, and the checks that they can work. */
@NullMarked
package io.quarkiverse.imsession.runtime.config;

import org.jspecify.annotations.NullMarked;
