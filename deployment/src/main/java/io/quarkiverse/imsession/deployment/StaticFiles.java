package io.quarkiverse.imsession.deployment;

import java.nio.file.Files;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

import io.quarkus.bootstrap.classloading.ClassPathElement;
import io.quarkus.bootstrap.classloading.QuarkusClassLoader;
import io.quarkus.paths.PathVisit;
import io.quarkus.vertx.http.deployment.spi.StaticResourcesBuildItem;

/** The static resources of the application. */
final class StaticFiles {

    private static final String FOLDER = "META-INF/resources";

    private StaticFiles() {
    }

    /**
     * The paths of the files below the root, without a leading slash. Quarkus reports them only if no servlet container serves
     * them.
     */
    static Set<String> find(Optional<StaticResourcesBuildItem> told) {
        Set<String> paths = new HashSet<>();
        if (told.isPresent()) {
            told.get().getEntries().stream().filter(entry -> !entry.isDirectory())
                    .forEach(entry -> paths.add(withoutSlash(entry.getPath())));
            return paths;
        }
        for (ClassPathElement element : QuarkusClassLoader.getElements(FOLDER, false)) {
            if (element.isRuntime()) {
                element.apply(tree -> {
                    tree.walkIfContains(FOLDER, visit -> add(visit, paths));
                    return null;
                });
            }
        }
        return paths;
    }

    private static void add(PathVisit visit, Set<String> paths) {
        String path = visit.getRelativePath();
        if (path.startsWith(FOLDER) && !Files.isDirectory(visit.getPath())) {
            paths.add(withoutSlash(path.substring(FOLDER.length())));
        }
    }

    private static String withoutSlash(String path) {
        return path.startsWith("/") ? path.substring(1) : path;
    }
}
