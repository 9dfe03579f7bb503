/** Internal: whether sessions can be had, for applications that tell their health. */
@NullMarked
package io.quarkiverse.imsession.runtime.health;

import org.jspecify.annotations.NullMarked;
