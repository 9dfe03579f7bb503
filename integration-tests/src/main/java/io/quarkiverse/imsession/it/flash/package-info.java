/** Values for the next page, in REST, plain Vert.x routes and WebSockets. */
package io.quarkiverse.imsession.it.flash;
