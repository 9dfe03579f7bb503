package io.quarkiverse.imsession.deployment;

import java.util.List;

import org.jboss.jandex.DotName;
import org.jboss.jandex.Type;

/** The way in which values of a type are read and written. */
sealed interface ValueShape {

    /** A primitive type, or a class that Jackson reads and writes. */
    record Scalar(Type type) implements ValueShape {
    }

    /** An enum by the names of its constants. */
    record EnumOf(DotName type) implements ValueShape {
    }

    record ListOf(ValueShape element) implements ValueShape {
    }

    record SetOf(ValueShape element) implements ValueShape {
    }

    record OptionalOf(ValueShape element) implements ValueShape {
    }

    record MapOf(DotName key, ValueShape element) implements ValueShape {
    }

    /** A record, which has its own generated codec. */
    record RecordOf(DotName type, List<ValueShape> arguments) implements ValueShape {
    }

    /** A type variable of a generic record. */
    record Variable(int position) implements ValueShape {
    }
}
