/** Internal: what applications with Quarkus REST get. Loaded only with it. */
@NullMarked
package io.quarkiverse.imsession.runtime.rest;

import org.jspecify.annotations.NullMarked;
