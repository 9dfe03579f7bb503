package io.quarkiverse.imsession.runtime.session;

import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.quarkiverse.imsession.JournalEntry.Cause;
import io.quarkiverse.imsession.SessionClient;
import io.quarkiverse.imsession.SessionEvent;
import io.quarkiverse.imsession.SessionEvent.Destroyed;
import io.quarkiverse.imsession.SessionId;
import io.quarkiverse.imsession.runtime.journal.SessionJournal;
import io.quarkiverse.imsession.runtime.session.CommitAction.Create;
import io.quarkiverse.imsession.runtime.session.CommitAction.Destroy;
import io.quarkiverse.imsession.runtime.session.CommitAction.Update;
import io.quarkiverse.imsession.spi.SessionUpdate;
import io.quarkiverse.imsession.spi.StoredSession;
import io.quarkiverse.imsession.spi.TokenChange;
import io.quarkiverse.imsession.spi.UpdateResult.PresentedToken;
import io.quarkiverse.imsession.spi.UpdateResult.Updated;

/**
 * Tells events and the journal what a commit has stored.
 *
 * @param answer knows the client of the request
 */
record CommitNews(SessionEvents events, Answer answer) {

    void created(Create create) {
        SessionId id = create.token().id();
        Map<String, String> attributes = create.session().attributes();
        events.fire(new SessionEvent.Created(id));
        if (journal().isOn()) {
            journal().created(id, create.session().data(), client(attributes));
        }
        events.gotToken(id, attributes);
    }

    void updated(Update update, Updated updated) {
        boolean renewed = updated.token() == PresentedToken.REPLACED;
        boolean timed = renewed && update.update().tokenChange() instanceof TokenChange.Rotate;
        if (renewed) {
            SessionId id = update.presented().id();
            events.fire(new SessionEvent.Renewed(id, timed));
            events.gotToken(id, update.update().changed());
            tellIfActing(update, updated);
        }
        SessionUpdate change = update.update();
        if (journal().isOn() && (renewed || journal().isOf(change.changed().keySet(), change.removed()))) {
            StoredSession after = Commit.after(update, updated);
            journal().changed(update.presented().id(), change.basis().data(), after.data(), renewed,
                    timed ? Cause.TIME : Cause.REQUEST, client(after.attributes()), actor(Acting.of(after.attributes())));
        }
    }

    private void tellIfActing(Update update, Updated updated) {
        Acting acting = Acting.decode(update.update().changed().get(Attributes.ACTING));
        if (acting != null) {
            StoredSession after = Commit.after(update, updated);
            String user = Login.principal(after.data(), after.attributes()).orElse("");
            events.fire(new SessionEvent.ActingBegan(update.presented().id(), acting.actor(), user, acting.reason(),
                    acting.until()));
        }
    }

    /** @param ended the session as it was loaded */
    void destroyed(Destroy destroy, StoredSession ended) {
        Acting acting = Acting.of(ended.attributes());
        if (acting != null) {
            events.fire(new SessionEvent.ActingEnded(destroy.id(), acting.actor(), destroy.principal().orElse("")));
        }
        events.fire(new Destroyed(destroy.id(), Destroyed.Cause.REQUEST, destroy.principal()));
        if (journal().isOn()) {
            journal().changed(destroy.id(), ended.data(), null, false, Cause.REQUEST, client(ended.attributes()),
                    actor(acting));
        }
    }

    private static @Nullable String actor(@Nullable Acting acting) {
        return acting == null ? null : acting.actor();
    }

    private SessionJournal journal() {
        return events.journal();
    }

    /**
     * The client of the request, as far as it is recorded.
     *
     * @param recorded the attributes of its session, which tell the client that got the token: for a session without a response
     */
    private SessionClient client(Map<String, String> recorded) {
        Map<String, String> present = answer.client();
        return Attributes.client(present.isEmpty() ? recorded : present);
    }
}
