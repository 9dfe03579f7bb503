package io.quarkiverse.imsession.it.browser;

import java.io.File;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

import org.jboss.logging.Logger;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/** The browser that is installed. */
final class Chromium implements ExecutionCondition {

    private static final String MISSING = "Skipped, as it drives a real browser: install Chromium and its driver, so that"
            + " chromium (or google-chrome) and chromedriver are on the PATH. On Debian: apt-get install chromium chromium-driver";

    static Optional<Path> binary() {
        return Stream.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable").flatMap(Chromium::find)
                .findFirst();
    }

    static Optional<Path> driver() {
        return find("chromedriver").findFirst();
    }

    private static Stream<Path> find(String name) {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .map(directory -> Path.of(directory, name)).filter(Files::isExecutable);
    }

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        if (binary().isPresent() && driver().isPresent()) {
            return ConditionEvaluationResult.enabled("There is a browser");
        }
        // Reports have the reason too, but a console shows only that something was skipped.
        context.getTestClass().filter(test -> context.getTestMethod().isEmpty())
                .ifPresent(test -> Logger.getLogger(test).warn(MISSING));
        return ConditionEvaluationResult.disabled(MISSING);
    }

    /** Skips the tests of a class where there is no browser. */
    @Target(ElementType.TYPE)
    @Retention(RetentionPolicy.RUNTIME)
    @Inherited
    @ExtendWith(Chromium.class)
    @interface Required {
    }
}
