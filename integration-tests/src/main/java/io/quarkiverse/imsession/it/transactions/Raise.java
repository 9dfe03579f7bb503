package io.quarkiverse.imsession.it.transactions;

import java.util.function.UnaryOperator;

import io.quarkiverse.imsession.ImSession;
import io.quarkiverse.imsession.SessionCommittedException;
import io.quarkiverse.imsession.SessionData;
import io.quarkiverse.imsession.SessionStoreException;
import io.smallrye.mutiny.Uni;

/** What endpoints do to the session. */
final class Raise {

    private static final String FIELD = "count";
    private static final String TICKET = "ticket";

    private Raise() {
    }

    /** Raises a number by one: a {@code field}, or a component of a {@code record}. */
    static String one(ImSession session, String what) {
        if (what.equals("record")) {
            session.update(Turnout.class, Turnout::next);
        } else {
            session.update(change(what));
        }
        return what;
    }

    /** The same from outside of a request. */
    static UnaryOperator<SessionData> change(String what) {
        return switch (what) {
            case "field" -> data -> raised(data, FIELD);
            case "record" -> data -> data.update(Turnout.class, Turnout::next);
            default -> throw new IllegalArgumentException("Nothing is raised by " + what);
        };
    }

    /** Takes the number of a ticket that nobody else gets. */
    static Uni<String> ticket(ImSession session) {
        session.update(data -> raised(data, TICKET));
        return session.commit().map(Raise::ticket);
    }

    static String ticketAndAwait(ImSession session) {
        session.update(data -> raised(data, TICKET));
        return ticket(session.commitAndAwait());
    }

    /** Tells that nothing was stored, or that it is not known, where no status can tell. */
    static String failure(Throwable failure) {
        return failure instanceof SessionStoreException ? "failed" : "refused";
    }

    /** Changes the session after the response has begun, and tells the message of a refusal. */
    static Uni<String> late(ImSession session, String change) {
        try {
            switch (change) {
                case "ticket":
                    return ticket(session);
                case "forget":
                    one(session, "field");
                    one(session, "record");
                    return Uni.createFrom().item("forgotten");
                case "renew":
                    session.renew();
                    break;
                case "set":
                    session.set(SessionData.of("late", true));
                    break;
                default:
                    throw new IllegalArgumentException("No late change is " + change);
            }
            return Uni.createFrom().item("accepted");
        } catch (SessionCommittedException e) {
            return Uni.createFrom().item(e.getMessage());
        }
    }

    /** All numbers, in one line. */
    static String totals(ImSession session) {
        SessionData data = session.data();
        return "exists=" + session.exists() + " field=" + number(data, FIELD) + " record=" + session.as(Turnout.class).entered()
                + " ticket=" + number(data, TICKET) + " late=" + data.get("late", Boolean.class).orElse(false);
    }

    private static String ticket(SessionData data) {
        return Integer.toString(number(data, TICKET));
    }

    private static SessionData raised(SessionData data, String field) {
        return data.with(field, number(data, field) + 1);
    }

    private static int number(SessionData data, String field) {
        return data.get(field, Integer.class).orElse(0);
    }
}
