package io.quarkiverse.imsession.runtime.http;

import io.quarkus.vertx.http.runtime.ServerLimitsConfig;

/**
 * How large the parts of a form may be for those who ask for its fields, as with the requests of Vert.x.
 *
 * @param maxAttributeSize of the value of a field, in bytes
 * @param maxFields of all fields and files together
 * @param maxBufferedBytes of what has to be whole before it is understood, such as a name
 */
public record FormLimits(int maxAttributeSize, int maxFields, int maxBufferedBytes) {

    public static FormLimits of(ServerLimitsConfig limits) {
        return new FormLimits(limits.maxFormAttributeSize().asBigInteger().intValueExact(), limits.maxFormFields(),
                limits.maxFormBufferedBytes().asBigInteger().intValue());
    }
}
