/** For tests that need a PostgreSQL. */
package io.quarkiverse.imsession.test.postgresql;
