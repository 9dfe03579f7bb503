/** The same endpoints in every layer, to see that none of them reads a path in another way than the filters of sessions do. */
package io.quarkiverse.imsession.it.paths;
