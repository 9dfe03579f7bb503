/** The build steps. They add the parts that an application with sessions uses, and leave out the others. */
@NullMarked
package io.quarkiverse.imsession.deployment;

import org.jspecify.annotations.NullMarked;
