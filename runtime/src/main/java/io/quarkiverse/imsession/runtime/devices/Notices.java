package io.quarkiverse.imsession.runtime.devices;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

import org.jboss.logging.Logger;
import org.jboss.logging.Logger.Level;
import org.jspecify.annotations.Nullable;

import io.quarkiverse.imsession.ImSession;
import io.quarkiverse.imsession.PageRequest;
import io.quarkiverse.imsession.SessionClient;
import io.quarkiverse.imsession.SessionEvent.NewClient;
import io.quarkiverse.imsession.SessionId;
import io.quarkiverse.imsession.runtime.admin.SessionAdministration;
import io.quarkiverse.imsession.runtime.config.ImSessionConfig.ClientConfig;
import io.quarkiverse.imsession.runtime.log.LimitedLog;
import io.quarkiverse.imsession.runtime.session.Acting;
import io.quarkiverse.imsession.runtime.session.Attributes;
import io.quarkiverse.imsession.runtime.session.AuthenticationTime;
import io.quarkiverse.imsession.runtime.session.Login;
import io.quarkiverse.imsession.runtime.session.SessionEvents;
import io.quarkiverse.imsession.spi.IndexedSessionStore.Page;
import io.quarkiverse.imsession.spi.StoredSession;
import io.smallrye.mutiny.Uni;

/**
 * Tells of log-ins from clients that the other sessions of the user do not resemble. It looks for those after the log-in was
 * stored, so no response waits for that. Strangers can cause log-ins, so few of them are looked at at a time, and of too many
 * the rest is not.
 */
public final class Notices implements Consumer<SessionId> {

    /** How many log-ins are looked at at the same time. */
    static final int RUNNING = 8;
    /** How many others wait. */
    static final int WAITING = 1000;
    /** How many sessions of a user are looked at. */
    static final int COMPARED = 100;

    private static final LimitedLog LOG = new LimitedLog(Logger.getLogger("io.quarkiverse.imsession"), Level.WARN);

    private final String path;
    private final Duration lifetime;
    private final Resemblance resemblance;
    private final SessionAdministration sessions;
    private final SessionEvents events;
    private final SecureRandom random = new SecureRandom();
    private final BoundedTasks<SessionId> tasks;

    /**
     * @param path the path of the page behind links, with the root path of the application
     * @param lifetime how long links hold
     * @param client what is recorded of clients
     */
    public Notices(String path, Duration lifetime, ClientConfig client, SessionAdministration sessions, SessionEvents events) {
        this.path = path;
        this.lifetime = lifetime;
        this.resemblance = new Resemblance(client.recordUserAgent(), client.recordAddress());
        this.sessions = sessions;
        this.events = events;
        this.tasks = new BoundedTasks<>(RUNNING, WAITING, this::look, this::drop);
    }

    /** A user has logged in to a session, and that is stored. */
    @Override
    public void accept(SessionId id) {
        tasks.add(id);
    }

    private void drop() {
        events.metrics().dropped();
        LOG.log("A log-in is not compared with the other sessions of its user: " + WAITING + " others wait for that");
    }

    private CompletionStage<?> look(SessionId id) {
        return sessions.load(id).flatMap(stored -> look(id, stored)).onFailure()
                .invoke(failure -> LOG.log("The log-in to session %s could not be compared with the other sessions of its user:"
                        + " %s", id, failure))
                .onFailure().recoverWithNull().subscribeAsCompletionStage();
    }

    private Uni<@Nullable Void> look(SessionId id, @Nullable StoredSession stored) {
        Login login = stored == null ? null : Login.of(stored);
        // Who acts for a user is no client of that user.
        if (stored == null || login == null || login.actor() != null) {
            return Uni.createFrom().voidItem();
        }
        PageRequest first = PageRequest.ofSize(COMPARED).withFields();
        return sessions.find(ImSession.PRINCIPAL, login.principal(), first).flatMap(page -> {
            List<SessionClient> others = clients(page, id);
            SessionClient client = Attributes.client(stored.attributes());
            return isKnown(client, others, resemblance) ? Uni.createFrom().voidItem()
                    : tell(id, stored, login.principal(), others.isEmpty() && page.next() == null);
        });
    }

    /** Those of the user: who acts for a user is none. */
    private static List<SessionClient> clients(Page page, SessionId but) {
        return page.sessions().stream().filter(other -> !other.id().equals(but))
                .filter(other -> Acting.of(other.session().attributes()) == null)
                .map(other -> Attributes.client(other.session().attributes())).toList();
    }

    static boolean isKnown(SessionClient client, List<SessionClient> others, Resemblance resemblance) {
        return others.stream().anyMatch(other -> resemblance.resembles(client, other));
    }

    /** The link is stored before it is told. If the session has ended meanwhile, there is nothing to tell. */
    private Uni<@Nullable Void> tell(SessionId id, StoredSession stored, String principal, boolean first) {
        byte[] secret = new byte[NoticeLink.BYTES];
        random.nextBytes(secret);
        NoticeLink link = NoticeLink.of(id, secret);
        return sessions.attribute(id, stored, Attributes.NOTICE, link.toKeep(principal, stored.now(), lifetime))
                .invoke(kept -> {
                    if (kept) {
                        events.fire(new NewClient(id, principal, AuthenticationTime.of(stored).orElse(stored.createdAt()),
                                Attributes.client(stored.attributes()), first,
                                path + '?' + NoticePage.LINK + '=' + link.text()));
                    }
                }).replaceWithVoid();
    }
}
