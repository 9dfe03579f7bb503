/** For tests of applications that have sessions, and of stores. */
@NullMarked
package io.quarkiverse.imsession.testing;

import org.jspecify.annotations.NullMarked;
