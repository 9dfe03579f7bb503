package io.quarkiverse.imsession.deployment;

import static org.junit.jupiter.api.Assertions.fail;

import java.util.Date;
import java.util.List;

import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.inject.Instance;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.imsession.SessionValue;

class UnsupportedValueTest {

    @RequestScoped
    @SuppressWarnings("rawtypes")
    static class Values {
        @SessionValue("since")
        Date since;

        @SessionValue("names")
        List names;

        @SessionValue("id")
        Instance id;

        @SessionValue
        String nameless;

        @SessionValue("@hash")
        String reserved;

        @SessionValue("count")
        int count;

        @SessionValue("count")
        Instance<Integer> boxed;

        @SessionValue("numbers")
        List<? extends Number> numbers;

        String parameter(@SessionValue("nick") String nick) {
            return nick;
        }
    }

    @RegisterExtension
    static final TestApp APP = TestApp.of(Values.class).failsWith(
            "Injection point " + Values.class.getName() + "#since has type java.util.Date, which is mutable",
            "Use java.time.Instant instead", "Values#names has the raw type java.util.List. Name its type arguments",
            "Values#id has the raw type jakarta.enterprise.inject.Instance. Name its type argument",
            "Values#nameless has a @SessionValue without a name", "Values#reserved names a session field '@hash'",
            "Values#numbers has a wildcard",
            "Values#parameter() has a parameter with @SessionValue, but nobody injects into it. Make it a field",
            "for the same session field 'count', and CDI takes them for one. Use the same");

    @Test
    void theBuildFailsAndNamesTheInjectionPoints() {
        fail("The application started");
    }
}
