package io.quarkiverse.imsession.runtime.devices;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import io.quarkiverse.imsession.ImSession;
import io.quarkiverse.imsession.JournalEntry.Cause;
import io.quarkiverse.imsession.PageRequest;
import io.quarkiverse.imsession.SessionId;
import io.quarkiverse.imsession.SessionInfo;
import io.quarkiverse.imsession.codec.JsonText;
import io.quarkiverse.imsession.runtime.admin.SessionAdministration;
import io.quarkiverse.imsession.runtime.config.DevicesConfig;
import io.quarkiverse.imsession.runtime.http.ClientAttributes;
import io.quarkiverse.imsession.runtime.journal.Party;
import io.quarkiverse.imsession.runtime.session.Attributes;
import io.quarkiverse.imsession.runtime.session.CurrentSession;
import io.quarkiverse.imsession.runtime.session.SessionPolicy;
import io.quarkiverse.imsession.spi.IndexedSessionStore.Page;
import io.quarkus.security.UnauthorizedException;
import io.quarkus.vertx.http.runtime.security.QuarkusHttpUser;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.MIMEHeader;
import io.vertx.ext.web.RoutingContext;

/**
 * Shows users their sessions, and ends those that they choose: as a page for browsers, and as JSON for scripts. It shows and
 * ends only sessions of the user of the request's session. To all other ids it answers as to those that do not exist.
 */
public final class DevicesPage implements Handler<RoutingContext> {

    private static final String NOTICE = "imsession.devices.ended";
    private static final Set<String> OF_USER = Set.of(ImSession.PRINCIPAL);

    private final String path;
    private final String link;
    private final DevicesConfig config;
    private final boolean tokens;
    private final boolean journal;
    private final SessionAdministration sessions;
    private final SessionPolicy policy;
    private final ClientAttributes client;
    private final @Nullable DevicesRenderer renderer;
    private final Answers answers;
    private final String style;

    /**
     * @param path the path of the page, with the root path of the application
     * @param tokens whether requests need CSRF tokens
     * @param journal whether there is a journal of each user
     * @param client makes the attributes of clients
     * @param renderer makes the page; null if there is only JSON
     */
    public DevicesPage(String path, DevicesConfig config, boolean tokens, boolean journal, SessionAdministration sessions,
            SessionPolicy policy, ClientAttributes client, @Nullable DevicesRenderer renderer) {
        this.path = path;
        this.link = path.substring(path.lastIndexOf('/') + 1);
        this.config = config;
        this.tokens = tokens;
        this.journal = journal;
        this.sessions = sessions;
        this.policy = policy;
        this.client = client;
        this.renderer = renderer;
        this.answers = new Answers(config.stylesheet());
        this.style = renderer == null ? "" : Answers.readStyle();
    }

    @Override
    public void handle(RoutingContext context) {
        String asked = context.normalizedPath();
        DevicesRequest request = asked.startsWith(path)
                ? DevicesRequest.of(context.request().method().name(), asked.substring(path.length()))
                : new DevicesRequest.Nothing();
        if (request instanceof DevicesRequest.Style && renderer != null) {
            Answers.style(context, style);
            return;
        }
        answers.secure(context.response().headers());
        if (request instanceof DevicesRequest.OtherMethod other) {
            Answers.notAllowed(context, other.allowed());
        } else if (request instanceof DevicesRequest.Nothing || request instanceof DevicesRequest.Style) {
            Answers.notFound(context);
        } else {
            authenticate(context, session -> answer(context, request, session));
        }
    }

    /** Goes on if a user is logged in to the session, and nothing refuses that user. */
    private void authenticate(RoutingContext context, Consumer<ImSession> next) {
        ImSession session = CurrentSession.of(context);
        Answers.then(context, QuarkusHttpUser.getSecurityIdentity(context, null), identity -> {
            if (session != null && session.principal().isPresent() && identity != null && !identity.isAnonymous()) {
                next.accept(session);
            } else {
                refuse(context);
            }
        });
    }

    private void refuse(RoutingContext context) {
        if (wantsJson(context)) {
            Answers.end(context, 401, Answers.TEXT, "Log in first");
        } else if (context.request().method() == HttpMethod.GET || context.request().method() == HttpMethod.HEAD) {
            // Whoever logs users in is asked for its challenge, for example a redirect to its page.
            context.fail(new UnauthorizedException());
        } else {
            // That page would send the user back here with a GET, where there is nothing to see.
            redirect(context, link);
        }
    }

    private void answer(RoutingContext context, DevicesRequest request, ImSession session) {
        String user = session.principal().orElseThrow();
        if (request instanceof DevicesRequest.End end) {
            end(context, session, user, end.id());
        } else if (request instanceof DevicesRequest.EndOthers) {
            SessionId current = session.id().orElseThrow();
            Answers.then(context, sessions.destroyOthers(ImSession.PRINCIPAL, user, current, by(context, session)),
                    ended -> ended(context, session, ended));
        } else {
            show(context, session, user, false);
        }
    }

    private void end(RoutingContext context, ImSession session, String user, Optional<SessionId> id) {
        if (id.isPresent() && id.equals(session.id())) {
            session.destroy();
            if (wantsJson(context)) {
                Answers.end(context, 204, Answers.TEXT, "");
            } else {
                redirect(context, link);
            }
            return;
        }
        // Ids are no secrets: without the check anybody who has seen one could end that session.
        Uni<Boolean> ended = id.isEmpty() ? Uni.createFrom().item(false)
                : sessions.get(id.get(), OF_USER).flatMap(
                        found -> found.filter(other -> isOf(user, other)).isPresent()
                                ? sessions.destroy(id.get(), by(context, session))
                                : Uni.createFrom().item(false));
        Answers.then(context, ended, done -> {
            if (!done && !wantsJson(context)) {
                show(context, session, user, true);
            } else if (!done) {
                Answers.notFound(context);
            } else if (wantsJson(context) || context.request().method() == HttpMethod.DELETE) {
                Answers.end(context, 204, Answers.TEXT, "");
            } else {
                ended(context, session, 1);
            }
        });
    }

    /** Who ends a session: the user, at another device, or whoever acts for the user. */
    private Party by(RoutingContext context, ImSession session) {
        return new Party(Cause.ADMINISTRATION, Attributes.client(client.of(context.request())),
                session.actor().orElse(null));
    }

    private static boolean isOf(String user, SessionInfo session) {
        return session.data().get(ImSession.PRINCIPAL, String.class).filter(user::equals).isPresent();
    }

    private void ended(RoutingContext context, ImSession session, long ended) {
        if (wantsJson(context)) {
            Answers.end(context, 200, Answers.JSON, JsonText.writeObject(Map.of("ended", ended)));
        } else {
            session.flash().put(NOTICE, ended);
            redirect(context, link);
        }
    }

    /** @param unknown whether the request asked for a session that does not exist */
    private void show(RoutingContext context, ImSession session, String user, boolean unknown) {
        String after = unknown ? null : context.queryParams().get("after");
        PageRequest first = PageRequest.ofSize(config.pageSize()).withFields();
        PageRequest page = after == null ? first : first.after(after);
        SessionId current = session.id().orElseThrow();
        Uni<Page> others = sessions.find(ImSession.PRINCIPAL, user, page);
        Uni<List<DeviceView>> own = after != null ? Uni.createFrom().item(List.of())
                : sessions.load(current).map(stored -> stored == null ? List.of()
                        : List.of(DeviceView.of(current, stored, true, policy)));
        Uni<Optional<List<EntryView>>> told = !journal || after != null ? Uni.createFrom().item(Optional.empty())
                : sessions.journal(ImSession.PRINCIPAL, user, config.pageSize())
                        .map(entries -> Optional.of(entries.stream().map(entry -> EntryView.of(entry, current)).toList()));
        Answers.then(context, Uni.combine().all().unis(own, others, told).asTuple(), found -> {
            List<DeviceView> shown = new ArrayList<>(found.getItem1());
            found.getItem2().sessions().stream().filter(other -> !other.id().equals(current))
                    .map(other -> DeviceView.of(other.id(), other.session(), false, policy))
                    .sorted((one, other) -> other.loggedInAt().compareTo(one.loggedInAt())).forEach(shown::add);
            send(context, session, user, shown, found.getItem2().next(), unknown, found.getItem3().orElse(null));
        });
    }

    private void send(RoutingContext context, ImSession session, String user, List<DeviceView> shown, @Nullable String next,
            boolean unknown, @Nullable List<EntryView> entries) {
        if (renderer == null || wantsJson(context)) {
            Answers.end(context, 200, Answers.JSON, json(session, shown, next, entries));
            return;
        }
        Locale language = renderer.language(context.request().getHeader(HttpHeaders.ACCEPT_LANGUAGE));
        boolean others = next != null || shown.stream().anyMatch(device -> !device.current());
        Integer ended = unknown ? null : session.flash().get(NOTICE, Integer.class).orElse(null);
        String below = context.normalizedPath().substring(path.length());
        DevicesView view = new DevicesView(language, config.timeZone(), user, up(below) + link,
                config.stylesheet().orElse(null), List.copyOf(shown), others, next, ended, unknown, entries);
        Answers.then(context, RequestScope.with(context, () -> renderer.render(view, session)), page -> {
            context.response().putHeader(HttpHeaders.CONTENT_LANGUAGE, view.language());
            Answers.end(context, unknown ? 404 : 200, Answers.HTML, page);
        });
    }

    private String json(ImSession session, List<DeviceView> shown, @Nullable String next,
            @Nullable List<EntryView> entries) {
        Map<String, Object> json = new HashMap<>();
        json.put("devices", shown.stream().map(DeviceView::toJson).toList());
        if (next != null) {
            json.put("next", next);
        }
        if (entries != null) {
            json.put("journal", entries.stream().map(EntryView::toJson).toList());
        }
        if (tokens) {
            json.put("csrfToken", session.csrf().token());
        }
        return JsonText.writeObject(json);
    }

    private boolean wantsJson(RoutingContext context) {
        return renderer == null || prefersJson(context.parsedHeaders().accept());
    }

    /** @param accepted what the client accepts, the best first */
    static boolean prefersJson(List<MIMEHeader> accepted) {
        for (MIMEHeader type : accepted) {
            String name = String.valueOf(type.value()).toLowerCase(Locale.ROOT);
            if (name.equals("text/html") || name.equals("application/xhtml+xml")) {
                return false;
            }
            if (name.equals(Answers.JSON)) {
                return true;
            }
        }
        return false;
    }

    private void redirect(RoutingContext context, String target) {
        String below = context.normalizedPath().substring(path.length());
        context.response().putHeader(HttpHeaders.LOCATION, up(below) + target);
        Answers.end(context, 303, Answers.TEXT, "");
    }

    /** What leads from a path below the page to the folder of the page. */
    private static String up(String below) {
        return "../".repeat((int) below.chars().filter(c -> c == '/').count());
    }
}
