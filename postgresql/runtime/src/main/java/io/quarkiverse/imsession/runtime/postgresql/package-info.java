/** Internal: the store in PostgreSQL, and what makes it. */
@NullMarked
package io.quarkiverse.imsession.runtime.postgresql;

import org.jspecify.annotations.NullMarked;
