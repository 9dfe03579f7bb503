/** Internal: the settings of the store in PostgreSQL, and their checks. */
@NullMarked
package io.quarkiverse.imsession.runtime.postgresql.config;

import org.jspecify.annotations.NullMarked;
