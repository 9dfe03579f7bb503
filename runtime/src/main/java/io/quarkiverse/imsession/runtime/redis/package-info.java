/** Internal: the store in Redis. Only these packages use Redis, and {@code ImSessionRecorder}, which makes their clients. */
@NullMarked
package io.quarkiverse.imsession.runtime.redis;

import org.jspecify.annotations.NullMarked;
