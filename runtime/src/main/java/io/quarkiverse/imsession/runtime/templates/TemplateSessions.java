package io.quarkiverse.imsession.runtime.templates;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

import org.jspecify.annotations.Nullable;

import io.quarkiverse.imsession.ImSession;
import io.quarkiverse.imsession.runtime.session.CurrentSession;
import io.quarkus.qute.EngineBuilder;
import io.quarkus.qute.NamespaceResolver;
import io.quarkus.qute.ResolutionContext;
import io.quarkus.qute.TemplateData;
import io.quarkus.qute.TemplateInstance;

/**
 * Finds the session that a template is rendered for: the session of the request that began to render it, on any thread, or the
 * one that was passed as an attribute.
 * <p>
 * Qute generates the access to the types of fields, but for an enum only to the members that the enum itself declares. It would
 * find the others by reflection, which a native executable does not support.
 */
@Singleton
@TemplateData(target = Enum.class, namespace = "")
public class TemplateSessions {

    static final String NAMESPACE = "session";
    private static final String FLASH = "flash";

    private static final String ATTRIBUTE = ImSession.class.getName();
    /** The priority before the resolver that Qute makes from the class by which it checks expressions. */
    private static final int PRIORITY = 10;

    private final CurrentSession current;
    private final TemplateFields fields;

    TemplateSessions(CurrentSession current, TemplateFields fields) {
        this.current = current;
        this.fields = fields;
    }

    void configure(@Observes EngineBuilder engine) {
        engine.addTemplateInstanceInitializer(this::remember);
        engine.addNamespaceResolver(NamespaceResolver.builder(NAMESPACE).priority(PRIORITY)
                .resolve(field -> fields.read(of(field.getAttribute(ATTRIBUTE), "{session:" + field.getName() + "}").data(),
                        field.getName()))
                .build());
        engine.addNamespaceResolver(NamespaceResolver.builder(FLASH).priority(PRIORITY)
                .resolve(value -> of(value.getAttribute(ATTRIBUTE), "{flash:" + value.getName() + "}").flash()
                        .get(value.getName(), Object.class).orElse(null))
                .build());
    }

    private void remember(TemplateInstance template) {
        ImSession session = current.find();
        if (session != null) {
            template.setAttribute(ATTRIBUTE, session);
        }
    }

    /**
     * The session of a template.
     *
     * @param used the tag or the expression that needs it
     */
    ImSession of(@Nullable Object attribute, String used) {
        if (attribute instanceof ImSession session) {
            return session;
        }
        try {
            return current.get();
        } catch (IllegalStateException e) {
            throw new IllegalStateException(used + " was rendered where there is no session. Hand one over with"
                    + " templateInstance.setAttribute(ImSession.class.getName(), session), or give the template the values"
                    + " that it shows. " + e.getMessage(), e);
        }
    }

    ImSession of(ResolutionContext context, String used) {
        return of(context.getAttribute(ATTRIBUTE), used);
    }
}
