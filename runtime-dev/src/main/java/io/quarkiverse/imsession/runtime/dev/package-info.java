/**
 * The service of the Dev UI in a running application. Quarkus adds this artifact in dev mode only, so applications for
 * production do not contain it.
 */
@NullMarked
package io.quarkiverse.imsession.runtime.dev;

import org.jspecify.annotations.NullMarked;
