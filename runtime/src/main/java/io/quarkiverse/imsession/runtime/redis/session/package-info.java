/** Internal: one session in Redis. */
@NullMarked
package io.quarkiverse.imsession.runtime.redis.session;

import org.jspecify.annotations.NullMarked;
