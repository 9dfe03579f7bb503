/** Forms that are read in every way there is, to see that protection against cross-site request forgery disturbs none. */
package io.quarkiverse.imsession.it.csrf;
