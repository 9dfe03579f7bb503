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
 * The session that a template is rendered for: that of the request which began to render it, on whatever thread it goes on; or
 * the one that was handed over as an attribute.
 * <p>
 * Qute generates what it needs of the types of fields, but of an enum only what the enum itself declares: the rest it finds by
 * reflection, which a native executable does not have.
 */
@Singleton
@TemplateData(target = Enum.class, namespace = "")
public class TemplateSessions {

    static final String NAMESPACE = "session";

    private static final String ATTRIBUTE = ImSession.class.getName();
    /** Before the resolver that Qute makes of the class by which it checks expressions. */
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
     * @param used what needs it
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
