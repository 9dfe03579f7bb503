/** Internal: sessions in Qute templates. Its classes are loaded only if the application has Qute. */
@NullMarked
package io.quarkiverse.imsession.runtime.templates;

import org.jspecify.annotations.NullMarked;
