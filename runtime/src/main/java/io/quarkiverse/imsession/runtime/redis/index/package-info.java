/** Internal: the sessions of a reference in Redis, and all sessions. */
@NullMarked
package io.quarkiverse.imsession.runtime.redis.index;

import org.jspecify.annotations.NullMarked;
