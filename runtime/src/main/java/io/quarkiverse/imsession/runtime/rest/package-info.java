/** Internal: support for Quarkus REST. Its classes are loaded only if the application has Quarkus REST. */
@NullMarked
package io.quarkiverse.imsession.runtime.rest;

import org.jspecify.annotations.NullMarked;
