/**
 * Internal: sessions that are bound to the device of their browser, by Device Bound Session Credentials, a draft of the W3C.
 * Here are the header fields, keys, proofs, offers and bindings of the protocol. They know nothing of HTTP and of stores.
 */
@NullMarked
package io.quarkiverse.imsession.runtime.device;

import org.jspecify.annotations.NullMarked;
