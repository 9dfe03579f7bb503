/**
 * What is special to sessions in Redis: {@link io.quarkiverse.imsession.redis.RedisKeys} names their keys. An application that
 * looks into Redis itself uses it; the API of sessions does not depend on where they are kept.
 */
@NullMarked
package io.quarkiverse.imsession.redis;

import org.jspecify.annotations.NullMarked;
