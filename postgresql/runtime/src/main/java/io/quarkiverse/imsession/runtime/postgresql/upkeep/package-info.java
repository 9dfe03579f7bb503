/** Internal: the tables in PostgreSQL, and the clean-up of what has expired. */
@NullMarked
package io.quarkiverse.imsession.runtime.postgresql.upkeep;

import org.jspecify.annotations.NullMarked;
