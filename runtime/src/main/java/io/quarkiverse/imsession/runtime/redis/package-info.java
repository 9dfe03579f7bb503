/** Internal: the store in Redis. Nothing outside of it knows Redis. */
@NullMarked
package io.quarkiverse.imsession.runtime.redis;

import org.jspecify.annotations.NullMarked;
