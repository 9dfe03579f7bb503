/** Internal: keeps secrets out of the log, and limits its size. All other packages may use it; it uses only the API. */
@NullMarked
package io.quarkiverse.imsession.runtime.log;

import org.jspecify.annotations.NullMarked;
