/**
 * Records and values as JSON, without reflection. When the application is built, a {@code RecordCodec} is generated for each
 * record that is used with sessions; it has a {@code ValueCodec} for each component. What is written is what Jackson would
 * write. No API for applications: only generated code and the API above use it.
 */
@NullMarked
package io.quarkiverse.imsession.codec;

import org.jspecify.annotations.NullMarked;
