/** What tests send hostile input to. */
package io.quarkiverse.imsession.it.input;
