package io.quarkiverse.imsession.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.util.List;

import jakarta.inject.Inject;

import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import io.quarkiverse.imsession.ImSession;
import io.quarkiverse.imsession.SessionData;
import io.quarkus.qute.Engine;
import io.quarkus.qute.EngineBuilder;
import io.quarkus.qute.ReflectionValueResolver;

/** A native executable has no reflection for what templates ask of values: what the build has checked has to do without. */
class NativeTemplateTest {

    @RegisterExtension
    static final TestApp APP = TestApp.of(NativeTemplateTest.class, NativeViews.class, NativeViews.Everything.class,
            NativeViews.Inner.class, NativeViews.Generic.class, NativeViews.Named.class, NativeViews.Theme.class,
            NativeViews.Constant.class).resource("templates/everything.html", String.join("\n", expressions()));

    @Inject
    Engine engine;

    static List<String> expressions() {
        return List.of("{session:theme.name}", "{session:theme.name()}", "{session:theme.ordinal}", "{session:theme.css}",
                "{session:theme.shown}", "{session:theme.name.toLowerCase}", "{session:theme.compareTo(session:theme)}",
                "{session:theme.declaringClass}", "{session:constant.name}", "{session:constant.label}",
                "{session:optional.name}", "{#for t in session:themes}{t.name}{/for}", "{#for t in session:set}{t.name}{/for}",
                "{session:themes.get(0).name}", "{session:map.get('a').name}",
                "{#for e in session:map}{e.key}{e.value.name}{/for}", "{#for e in session:keyed}{e.key.name}{e.value}{/for}",
                "{#each session:keyed.entrySet}{it.key.name}{/each}", "{session:inner.theme.name}",
                "{session:inner.text.length}", "{session:inner.shown}", "{session:inner.optional.get.name}",
                "{session:inner.optional.isPresent}", "{#for i in session:inners}{i.theme.name}{i.optional.get.name}{/for}",
                "{session:generic.value.name}", "{session:text.length}", "{session:text.toUpperCase}", "{session:text.isEmpty}",
                "{session:number}", "{session:wide.intValue}", "{session:fraction}", "{session:flag}", "{session:character}",
                "{session:decimal.intValue}", "{session:integer.bitLength}", "{session:uuid.version}",
                "{session:instant.epochSecond}", "{session:date.year}", "{session:date.dayOfWeek.name}",
                "{session:date.month.name}", "{session:dateTime.hour}", "{session:zoned.zone.id}", "{session:zone.id}",
                "{session:duration.toMinutes}", "{session:day.name}", "{session:day.value}");
    }

    @ParameterizedTest
    @MethodSource("expressions")
    void whatTheBuildHasCheckedIsShownWithoutReflection(String expression) {
        String shown = render(engine, expression);
        assertThat(shown).isNotEmpty();
        assertThat(render(withoutReflection(), expression)).isEqualTo(shown);
    }

    private static String render(Engine engine, String expression) {
        return engine.parse(expression).instance().setAttribute(ImSession.class.getName(), session()).render();
    }

    private Engine withoutReflection() {
        EngineBuilder builder = Engine.builder();
        engine.getValueResolvers().stream().filter(resolver -> !(resolver instanceof ReflectionValueResolver))
                .forEach(builder::addValueResolver);
        engine.getNamespaceResolvers().forEach(builder::addNamespaceResolver);
        engine.getSectionHelperFactories().values().stream().distinct().forEach(builder::addSectionHelper);
        return builder.build();
    }

    private static ImSession session() {
        SessionData data = SessionData.of(NativeViews.everything());
        return (ImSession) Proxy.newProxyInstance(NativeTemplateTest.class.getClassLoader(), new Class<?>[] { ImSession.class },
                (proxy, method, arguments) -> method.getName().equals("data") ? data : null);
    }
}
