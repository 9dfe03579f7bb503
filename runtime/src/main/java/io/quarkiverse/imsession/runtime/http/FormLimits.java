package io.quarkiverse.imsession.runtime.http;

import io.quarkus.vertx.http.runtime.ServerLimitsConfig;

/**
 * The limits on the parts of a form whose fields are read, as in the requests of Vert.x.
 *
 * @param maxAttributeSize the greatest size of the value of a field, in bytes
 * @param maxFields the greatest number of fields and files together
 * @param maxBufferedBytes the greatest size in bytes of a part that must be complete before it is decoded, such as a name
 */
public record FormLimits(int maxAttributeSize, int maxFields, int maxBufferedBytes) {

    public static FormLimits of(ServerLimitsConfig limits) {
        return new FormLimits(limits.maxFormAttributeSize().asBigInteger().intValueExact(), limits.maxFormFields(),
                limits.maxFormBufferedBytes().asBigInteger().intValue());
    }
}
