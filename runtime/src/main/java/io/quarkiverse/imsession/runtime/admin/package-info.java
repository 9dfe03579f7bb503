/** Internal: work on sessions outside of their request. */
@NullMarked
package io.quarkiverse.imsession.runtime.admin;

import org.jspecify.annotations.NullMarked;
