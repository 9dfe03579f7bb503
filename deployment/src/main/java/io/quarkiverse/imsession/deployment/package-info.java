/** Build steps: what an application with sessions consists of, and what is left out because it is not used. */
@NullMarked
package io.quarkiverse.imsession.deployment;

import org.jspecify.annotations.NullMarked;
