package io.quarkiverse.imsession.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Optional;

import org.jboss.jandex.AnnotationInstance;
import org.jboss.jandex.Index;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.imsession.FreshlyAuthenticated;

/** Uses of {@code @FreshlyAuthenticated} that would guard nothing. */
class FreshlyAuthenticatedProcessorTest {

    @ParameterizedTest
    @ValueSource(strings = { "guarded", "seconds", "iso" })
    void useOnAMethodOfABeanIsRight(String method) throws IOException {
        assertThat(check(method, true, true)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({ "hidden, private methods are not intercepted: make it package-private",
            "common, static methods are not intercepted: make it a method of the bean",
            "soon, has no duration: use the form 5M", "never, has no duration", "negative, has no duration" })
    void useThatCannotWorkIsRefusedAndSaysWhy(String method, String reason) throws IOException {
        assertThat(check(method, true, true)).get().asString()
                .contains("on " + Uses.class.getName() + "." + method + "()", reason);
    }

    @Test
    void useOnWhatIsNoBeanIsRefused() throws IOException {
        assertThat(check("guarded", true, false)).get().asString()
                .contains(Uses.class.getName() + " is no bean: put it on a class with a scope");
    }

    @Test
    void useWithoutLoginsIsRefused() throws IOException {
        assertThat(check("guarded", false, true)).get().asString()
                .contains("build with quarkus.imsession.security.enabled=true, or remove the annotation");
    }

    private static Optional<String> check(String method, boolean enabled, boolean bean) throws IOException {
        AnnotationInstance annotation = Index.of(Uses.class).getClassByName(Uses.class).firstMethod(method)
                .annotation(FreshlyAuthenticated.class);
        return FreshlyAuthenticatedProcessor.check(annotation, enabled, name -> bean);
    }

    static final class Uses {

        @FreshlyAuthenticated("5M")
        void guarded() {
        }

        @FreshlyAuthenticated("300")
        void seconds() {
        }

        @FreshlyAuthenticated("PT5M")
        void iso() {
        }

        @FreshlyAuthenticated("5M")
        private void hidden() {
        }

        @FreshlyAuthenticated("5M")
        static void common() {
        }

        @FreshlyAuthenticated("soon")
        void soon() {
        }

        @FreshlyAuthenticated("0")
        void never() {
        }

        @FreshlyAuthenticated("-PT5M")
        void negative() {
        }
    }
}
