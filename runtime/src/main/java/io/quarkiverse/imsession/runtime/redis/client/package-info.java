/** Internal: the connection to Redis, and the commands that are sent over it. */
@NullMarked
package io.quarkiverse.imsession.runtime.redis.client;

import org.jspecify.annotations.NullMarked;
