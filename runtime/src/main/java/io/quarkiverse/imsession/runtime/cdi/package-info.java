/** Internal: sessions and their values as beans. */
@NullMarked
package io.quarkiverse.imsession.runtime.cdi;

import org.jspecify.annotations.NullMarked;
