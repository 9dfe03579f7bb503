package io.quarkiverse.imsession.deployment;

import io.quarkus.builder.item.SimpleBuildItem;
import io.quarkus.runtime.RuntimeValue;
import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;

/** A handler that lets exception mappers answer a failed request. */
final class ExceptionMappersBuildItem extends SimpleBuildItem {

    private final RuntimeValue<Handler<RoutingContext>> mappers;

    ExceptionMappersBuildItem(RuntimeValue<Handler<RoutingContext>> mappers) {
        this.mappers = mappers;
    }

    RuntimeValue<Handler<RoutingContext>> mappers() {
        return mappers;
    }
}
