package io.quarkiverse.imsession.runtime.templates;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import org.jspecify.annotations.Nullable;

import io.quarkiverse.imsession.ImSession;
import io.quarkiverse.imsession.runtime.devices.DeviceView;
import io.quarkiverse.imsession.runtime.devices.DevicesRenderer;
import io.quarkiverse.imsession.runtime.devices.DevicesView;
import io.quarkiverse.imsession.runtime.devices.EntryView;
import io.quarkiverse.imsession.runtime.devices.NoticeView;
import io.quarkus.qute.Engine;
import io.quarkus.qute.EngineBuilder;
import io.quarkus.qute.Template;
import io.quarkus.qute.TemplateData;
import io.quarkus.qute.TemplateInstance;
import io.quarkus.qute.TemplateLocator;
import io.quarkus.qute.Variant;
import io.quarkus.qute.i18n.Localized;

/**
 * Makes the page of devices, and that behind the link of a notice, with the templates of the application by the names
 * {@value #DEVICES} and {@value #NOTICE}, or, if it has none, with those of the extension. These are not among the templates of
 * applications, so that those without such pages do not have them.
 */
@Singleton
@TemplateData(target = DevicesView.class)
@TemplateData(target = DeviceView.class)
@TemplateData(target = EntryView.class)
@TemplateData(target = NoticeView.class)
public class DevicesTemplate implements DevicesRenderer {

    private static final String DEVICES = "imsession/devices.html";
    private static final String NOTICE = "imsession/not-me.html";
    /** The folder with the templates of the extension. */
    private static final String RESOURCES = "META-INF/";

    /** The priority after the locator of Quarkus. */
    private static final int LAST = TemplateLocator.DEFAULT_PRIORITY - 1;
    /** A longer header than browsers send is not worth to be read. */
    private static final int LONGEST = 200;

    private final Instance<Engine> engine;
    private final Instance<DevicesMessages> messages;
    private volatile @Nullable List<Locale> languages;

    /** @param engine looked up when a page is made, as the engine is being built when it asks for templates */
    @Inject
    DevicesTemplate(Instance<Engine> engine, @Any Instance<DevicesMessages> messages) {
        this.engine = engine;
        this.messages = messages;
    }

    void configure(@Observes EngineBuilder builder) {
        builder.addLocator(new Locator());
    }

    @Override
    public Locale language(@Nullable String accepted) {
        List<Locale> known = languages();
        if (accepted != null && accepted.length() <= LONGEST) {
            try {
                Locale best = Locale.lookup(Locale.LanguageRange.parse(accepted), known);
                return best == null ? Locale.ENGLISH : best;
            } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
                // What a client sends need not have the form of the header. At a hyphen alone, the JDK looks before its array.
                return Locale.ENGLISH;
            }
        }
        return Locale.ENGLISH;
    }

    private List<Locale> languages() {
        List<Locale> known = languages;
        if (known == null) {
            List<Locale> found = new ArrayList<>();
            messages.handles().forEach(handle -> handle.getBean().getQualifiers().stream()
                    .filter(Localized.class::isInstance).map(Localized.class::cast)
                    .forEach(language -> found.add(Locale.forLanguageTag(language.value()))));
            known = List.copyOf(found);
            languages = known;
        }
        return known;
    }

    @Override
    public CompletionStage<String> render(DevicesView view, ImSession session) {
        return template(DEVICES, view.locale(), session).data("devices", view).renderAsync();
    }

    @Override
    public CompletionStage<String> render(NoticeView view, @Nullable ImSession session) {
        return template(NOTICE, view.locale(), session).data("notice", view).renderAsync();
    }

    private TemplateInstance template(String id, Locale locale, @Nullable ImSession session) {
        Template template = engine.get().getTemplate(id);
        if (template == null) {
            throw new IllegalStateException("There is no template " + id);
        }
        TemplateInstance instance = template.instance().setLocale(locale);
        return session == null ? instance : instance.setAttribute(ImSession.class.getName(), session);
    }

    private static final class Locator implements TemplateLocator {

        @Override
        public int getPriority() {
            return LAST;
        }

        @Override
        public Optional<TemplateLocation> locate(String id) {
            if (!id.equals(DEVICES) && !id.equals(NOTICE)) {
                return Optional.empty();
            }
            URL found = Thread.currentThread().getContextClassLoader().getResource(RESOURCES + id);
            return Optional.ofNullable(found).map(Location::new);
        }
    }

    private record Location(URL resource) implements TemplateLocator.TemplateLocation {

        @Override
        public Reader read() {
            try {
                InputStream stream = resource.openStream();
                return new InputStreamReader(stream, StandardCharsets.UTF_8);
            } catch (IOException e) {
                throw new IllegalStateException("The template " + resource + " cannot be read", e);
            }
        }

        @Override
        public Optional<Variant> getVariant() {
            return Optional.of(Variant.forContentType(Variant.TEXT_HTML));
        }
    }
}
