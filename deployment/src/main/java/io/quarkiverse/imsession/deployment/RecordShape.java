package io.quarkiverse.imsession.deployment;

import java.util.List;

import org.jboss.jandex.DotName;
import org.jboss.jandex.MethodInfo;
import org.jboss.jandex.Type;

/**
 * A record whose codec is to be generated.
 *
 * @param components the components, in the order of the constructor
 */
record RecordShape(DotName type, List<Component> components) {

    /**
     * @param name the name in JSON, and of the field if the record is a view of the session
     * @param type the declared type
     * @param accessor the method that reads it
     */
    record Component(String name, Type type, MethodInfo accessor, ValueShape shape) {
    }
}
