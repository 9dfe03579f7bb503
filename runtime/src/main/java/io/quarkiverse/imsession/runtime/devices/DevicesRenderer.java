package io.quarkiverse.imsession.runtime.devices;

import java.util.Locale;
import java.util.concurrent.CompletionStage;

import org.jspecify.annotations.Nullable;

import io.quarkiverse.imsession.ImSession;

/** Makes the page, if the application has templates. */
public interface DevicesRenderer {

    /**
     * The language of a page.
     *
     * @param accepted the header {@code Accept-Language}; null if there is none
     */
    Locale language(@Nullable String accepted);

    /** @param session the session of the request, for the CSRF tokens of forms */
    CompletionStage<String> render(DevicesView view, ImSession session);

    /** @param session the session of the request, for the CSRF token of the form; null if its path has none */
    CompletionStage<String> render(NoticeView view, @Nullable ImSession session);
}
