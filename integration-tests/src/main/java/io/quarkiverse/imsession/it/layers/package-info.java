/**
 * One endpoint for each layer of Quarkus and each form of response. Each counts its calls in the session, before the response
 * begins; with {@code ?change=false} it only reads.
 */
package io.quarkiverse.imsession.it.layers;
