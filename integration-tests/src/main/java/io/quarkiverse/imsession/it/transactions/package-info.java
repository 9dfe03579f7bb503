/**
 * Endpoints of each layer that raise numbers in the session: a field or a component of a record by an update, or the number of
 * the last ticket, which they commit and answer with.
 */
package io.quarkiverse.imsession.it.transactions;
