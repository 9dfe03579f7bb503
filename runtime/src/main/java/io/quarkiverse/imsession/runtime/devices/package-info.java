/** Internal: what users see and end of their own sessions. */
@NullMarked
package io.quarkiverse.imsession.runtime.devices;

import org.jspecify.annotations.NullMarked;
