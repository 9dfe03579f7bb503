/**
 * Internal: the text form of what is stored: names of fields, values as JSON, hashes. When the application is built, a {@code
 * RecordCodec} is generated for each record that is used with sessions, so that it is read and written without reflection. It
 * writes what Jackson would write.
 */
@NullMarked
package io.quarkiverse.imsession.codec;

import org.jspecify.annotations.NullMarked;
