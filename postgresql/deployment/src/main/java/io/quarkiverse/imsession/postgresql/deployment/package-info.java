/** Prepares the store in PostgreSQL when the application is built. */
@NullMarked
package io.quarkiverse.imsession.postgresql.deployment;

import org.jspecify.annotations.NullMarked;
