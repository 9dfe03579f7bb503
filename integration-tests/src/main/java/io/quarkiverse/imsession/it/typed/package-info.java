/** Typed sessions and injected values in REST and reactive routes. No type here is registered for reflection. */
package io.quarkiverse.imsession.it.typed;
