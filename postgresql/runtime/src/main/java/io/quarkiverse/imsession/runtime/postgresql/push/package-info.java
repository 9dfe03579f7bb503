/** Internal: what PostgreSQL tells of changes. */
@NullMarked
package io.quarkiverse.imsession.runtime.postgresql.push;

import org.jspecify.annotations.NullMarked;
