package io.quarkiverse.imsession.deployment;

import java.util.List;

import org.jboss.jandex.DotName;
import org.jboss.jandex.MethodInfo;
import org.jboss.jandex.Type;

/**
 * A record whose codec is to be generated.
 *
 * @param components in the order of its constructor
 */
record RecordShape(DotName type, List<Component> components) {

    /**
     * @param name in JSON, and of the field if the record is a view of the session
     * @param type as declared
     * @param accessor reads it
     */
    record Component(String name, Type type, MethodInfo accessor, ValueShape shape) {
    }
}
