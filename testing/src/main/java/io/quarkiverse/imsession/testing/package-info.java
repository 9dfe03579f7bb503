/** Support for tests of applications with sessions, and for tests of stores. */
@NullMarked
package io.quarkiverse.imsession.testing;

import org.jspecify.annotations.NullMarked;
