/** Internal: many sessions in PostgreSQL, by their references. */
@NullMarked
package io.quarkiverse.imsession.runtime.postgresql.index;

import org.jspecify.annotations.NullMarked;
