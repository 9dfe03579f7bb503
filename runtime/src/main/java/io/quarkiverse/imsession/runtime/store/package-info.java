/** Internal: the built-in stores. */
@NullMarked
package io.quarkiverse.imsession.runtime.store;

import org.jspecify.annotations.NullMarked;
