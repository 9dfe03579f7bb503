/** Internal: one session in PostgreSQL. */
@NullMarked
package io.quarkiverse.imsession.runtime.postgresql.session;

import org.jspecify.annotations.NullMarked;
