/** Internal: the journal of what happened to the sessions of each user. */
@NullMarked
package io.quarkiverse.imsession.runtime.journal;

import org.jspecify.annotations.NullMarked;
