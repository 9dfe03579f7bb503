/**
 * What the Dev UI asks of a running application. Quarkus adds this artifact in dev mode only, so nothing of it is in an
 * application that is built for production.
 */
@NullMarked
package io.quarkiverse.imsession.runtime.dev;

import org.jspecify.annotations.NullMarked;
