package io.quarkiverse.imsession.runtime.devices;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import io.quarkiverse.imsession.ImSession;
import io.quarkiverse.imsession.JournalEntry.Cause;
import io.quarkiverse.imsession.runtime.admin.SessionAdministration;
import io.quarkiverse.imsession.runtime.config.DevicesConfig;
import io.quarkiverse.imsession.runtime.http.ClientAttributes;
import io.quarkiverse.imsession.runtime.journal.Party;
import io.quarkiverse.imsession.runtime.session.Attributes;
import io.quarkiverse.imsession.runtime.session.CurrentSession;
import io.quarkiverse.imsession.runtime.session.Login;
import io.quarkiverse.imsession.runtime.session.SessionPolicy;
import io.quarkiverse.imsession.spi.StoredSession;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;

/**
 * The page behind the link of a notice. It shows which session the link ends, as filters of mail and chats open links by
 * themselves, and ends it when its form is sent. Nobody has to be logged in. A link that was made up, is too old, was used, or
 * whose session has ended is answered alike.
 */
public final class NoticePage implements Handler<RoutingContext> {

    /** The name of the parameter. */
    static final String LINK = "link";

    private final String path;
    private final String link;
    private final DevicesConfig config;
    private final SessionAdministration sessions;
    private final SessionPolicy policy;
    private final ClientAttributes client;
    private final DevicesRenderer renderer;
    private final Answers answers;
    private final String style;

    /**
     * @param path the path of the page, with the root path of the application
     * @param client makes the attributes of clients
     */
    public NoticePage(String path, DevicesConfig config, SessionAdministration sessions, SessionPolicy policy,
            ClientAttributes client, DevicesRenderer renderer) {
        this.path = path;
        this.link = path.substring(path.lastIndexOf('/') + 1);
        this.config = config;
        this.sessions = sessions;
        this.policy = policy;
        this.client = client;
        this.renderer = renderer;
        this.answers = new Answers(config.stylesheet());
        this.style = Answers.readStyle();
    }

    @Override
    public void handle(RoutingContext context) {
        String below = context.normalizedPath().startsWith(path) ? context.normalizedPath().substring(path.length()) : "/";
        HttpMethod method = context.request().method();
        boolean isRead = method == HttpMethod.GET || method == HttpMethod.HEAD;
        if (below.equals(DevicesRequest.STYLE) && isRead) {
            Answers.style(context, style);
            return;
        }
        answers.secure(context.response().headers());
        if (!below.isEmpty()) {
            Answers.end(context, 404, Answers.TEXT, "There is nothing here");
        } else if (!isRead && method != HttpMethod.POST) {
            Answers.notAllowed(context, "GET, HEAD, POST");
        } else {
            Optional<NoticeLink> asked = NoticeLink.parse(context.queryParams().get(LINK));
            Answers.then(context, find(asked), found -> answer(context, found, !isRead));
        }
    }

    /** The session of a link that holds; otherwise null. */
    private Uni<@Nullable Found> find(Optional<NoticeLink> asked) {
        return asked.isEmpty() ? Uni.createFrom().nullItem()
                : sessions.load(asked.get().id()).map(stored -> {
                    Login login = stored == null ? null : Login.of(stored);
                    return stored != null && login != null && asked.get().isOf(stored, login.principal())
                            ? new Found(asked.get(), stored, login.principal())
                            : null;
                });
    }

    private void answer(RoutingContext context, @Nullable Found found, boolean end) {
        if (found == null) {
            send(context, 404, view(context, null, false));
        } else if (!end) {
            send(context, 200, view(context, found, false));
        } else {
            end(context, found);
        }
    }

    private void end(RoutingContext context, Found found) {
        ImSession own = CurrentSession.of(context);
        if (own != null && own.id().filter(found.link().id()::equals).isPresent()) {
            // This removes the cookie, too.
            own.destroy();
            send(context, 200, view(context, found, true));
        } else {
            Party by = new Party(Cause.ADMINISTRATION, Attributes.client(client.of(context.request())), null);
            Answers.then(context, sessions.destroy(found.link().id(), by),
                    ended -> send(context, ended ? 200 : 404, view(context, ended ? found : null, ended)));
        }
    }

    private NoticeView view(RoutingContext context, @Nullable Found found, boolean ended) {
        Locale language = renderer.language(context.request().getHeader(HttpHeaders.ACCEPT_LANGUAGE));
        List<String> styles = new ArrayList<>(List.of(link + DevicesRequest.STYLE));
        config.stylesheet().ifPresent(styles::add);
        if (found == null) {
            return new NoticeView(language, link, null, null, null, null, false, styles);
        }
        DeviceView device = DeviceView.of(found.link().id(), found.session(), false, policy);
        return new NoticeView(language, link, found.link().text(), found.user(), device,
                Times.text(device.loggedInAt(), language, config.timeZone()), ended, styles);
    }

    private void send(RoutingContext context, int status, NoticeView view) {
        Answers.then(context, RequestScope.with(context, () -> renderer.render(view, CurrentSession.of(context))),
                page -> {
                    context.response().putHeader(HttpHeaders.CONTENT_LANGUAGE, view.language());
                    Answers.end(context, status, Answers.HTML, page);
                });
    }

    private record Found(NoticeLink link, StoredSession session, String user) {
    }
}
