package io.quarkiverse.imsession.deployment;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandles;
import java.util.HashSet;
import java.util.Set;

import org.jboss.jandex.DotName;
import org.jboss.jandex.IndexView;
import org.jboss.jandex.Indexer;

/** The codecs of records as the build would generate them, without an application. */
final class GeneratedCodecs {

    private static final Set<DotName> DEFINED = new HashSet<>();

    private GeneratedCodecs() {
    }

    /** Generates the codecs of records in classes of this package. */
    static synchronized void of(Class<?> outer, Class<?>... records) {
        ShapeReader shapes = new ShapeReader(index(outer), index(outer));
        for (Class<?> type : records) {
            shapes.view(DotName.createSimple(type));
        }
        if (!shapes.problems().isEmpty()) {
            throw new IllegalArgumentException(shapes.problems().toString());
        }
        for (RecordShape record : shapes.records()) {
            if (DEFINED.add(record.type())) {
                CodecGenerator.generate(record, (name, code) -> define(code));
            }
        }
    }

    /** The classes that are declared in one, and what of the JDK is known to every build. */
    static IndexView index(Class<?> outer) {
        try {
            Indexer indexer = new Indexer();
            for (Class<?> nested : outer.getDeclaredClasses()) {
                indexer.indexClass(nested);
            }
            indexer.indexClass(java.util.concurrent.TimeUnit.class);
            indexer.indexClass(java.time.DayOfWeek.class);
            return indexer.complete();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void define(byte[] code) {
        try {
            MethodHandles.lookup().defineClass(code);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }
}
