/** Internal: log-ins by the form of Quarkus. */
@NullMarked
package io.quarkiverse.imsession.runtime.form;

import org.jspecify.annotations.NullMarked;
