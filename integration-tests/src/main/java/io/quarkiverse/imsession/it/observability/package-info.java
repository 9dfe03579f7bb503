/** What a log line of a request would have, on each kind of thread. */
package io.quarkiverse.imsession.it.observability;
