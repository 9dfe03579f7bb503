/** Internal: connections to PostgreSQL. Only this package knows the client, apart from rows and parameters. */
@NullMarked
package io.quarkiverse.imsession.runtime.postgresql.client;

import org.jspecify.annotations.NullMarked;
