/** Internal: the store in Redis. No other package uses Redis. */
@NullMarked
package io.quarkiverse.imsession.runtime.redis;

import org.jspecify.annotations.NullMarked;
