/**
 * The API for sessions in Redis: {@link io.quarkiverse.imsession.redis.RedisKeys} gives the names of their keys, for an
 * application that reads Redis itself. No other part of the API depends on the store.
 */
@NullMarked
package io.quarkiverse.imsession.redis;

import org.jspecify.annotations.NullMarked;
