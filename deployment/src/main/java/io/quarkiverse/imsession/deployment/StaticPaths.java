package io.quarkiverse.imsession.deployment;

import java.nio.file.Files;
import java.util.HashSet;
import java.util.Set;

import io.quarkus.bootstrap.classloading.ClassPathElement;
import io.quarkus.bootstrap.classloading.QuarkusClassLoader;
import io.quarkus.paths.PathVisit;

/** The static resources on the class path. Quarkus collects them too, but not for applications with servlets. */
final class StaticPaths {

    private static final String ROOT = "META-INF/resources";

    private StaticPaths() {
    }

    /** Their paths, which begin with a slash. */
    static Set<String> onClassPath() {
        Set<String> paths = new HashSet<>();
        for (ClassPathElement element : QuarkusClassLoader.getElements(ROOT, false)) {
            if (element.isRuntime()) {
                element.apply(tree -> {
                    tree.walkIfContains(ROOT, visit -> add(paths, visit));
                    return null;
                });
            }
        }
        return paths;
    }

    private static void add(Set<String> paths, PathVisit visit) {
        String path = visit.getRelativePath("/");
        if (path.startsWith(ROOT + "/") && !Files.isDirectory(visit.getPath())) {
            paths.add(path.substring(ROOT.length()));
        }
    }
}
