/** Internal: the memory store, and what all stores share. */
@NullMarked
package io.quarkiverse.imsession.runtime.store;

import org.jspecify.annotations.NullMarked;
