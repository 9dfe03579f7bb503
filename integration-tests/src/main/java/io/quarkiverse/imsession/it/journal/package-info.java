/** Lets tests read and erase the journal of a user, and end sessions as an administrator does. */
package io.quarkiverse.imsession.it.journal;
