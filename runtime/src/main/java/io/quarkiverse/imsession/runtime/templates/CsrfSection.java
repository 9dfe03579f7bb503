package io.quarkiverse.imsession.runtime.templates;

import java.util.List;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import io.quarkiverse.imsession.runtime.config.ImSessionConfig;
import io.quarkus.qute.CompletedStage;
import io.quarkus.qute.EngineConfiguration;
import io.quarkus.qute.SectionHelper;
import io.quarkus.qute.SectionHelperFactory;
import io.quarkus.qute.SingleResultNode;

/**
 * The tag {@code {#csrf /}}: a hidden form field with a CSRF token of the session. Without a session the tag renders nothing,
 * and makes no session.
 */
@Singleton
@EngineConfiguration
public class CsrfSection implements SectionHelperFactory<SectionHelper> {

    private static final String TAG = "csrf";

    /** Injected when the application runs; null while the build checks templates. */
    @Inject
    TemplateSessions sessions;

    @Inject
    ImSessionConfig config;

    @Override
    public List<String> getDefaultAliases() {
        return List.of(TAG);
    }

    @Override
    public SectionHelper initialize(SectionInitContext section) {
        if (!section.getParameters().isEmpty()) {
            throw section.error("The tag \\{#csrf /\\} takes no parameter, this one has {parameters}. The name of the field is"
                    + " that of quarkus.imsession.csrf.field").argument("parameters", section.getParameters().keySet()).build();
        }
        if (!section.getBlocks().get(0).isEmpty()) {
            throw section.error("The tag \\{#csrf /\\} encloses nothing: close it with /").build();
        }
        return context -> CompletedStage.of(
                new SingleResultNode(field(sessions.of(context.resolutionContext(), "{#csrf /}").csrf().token())));
    }

    private String field(String token) {
        return "<input type=\"hidden\" name=\"" + escaped(config.csrf().field()) + "\" value=\"" + token + "\">";
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("\"", "&quot;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
