package io.quarkiverse.imsession.runtime.admin;

import java.util.Spliterator;
import java.util.Spliterators.AbstractSpliterator;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import io.quarkiverse.imsession.SessionInfo;
import io.quarkiverse.imsession.runtime.session.SessionPolicy;
import io.quarkiverse.imsession.spi.IndexedSessionStore.Page;
import io.quarkiverse.imsession.spi.IndexedSessionStore.Scan;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

/** All pages of a listing, each of which is read on demand. */
final class SessionPages {

    private final Supplier<Scan> scans;
    private final SessionPolicy policy;

    SessionPages(Supplier<Scan> scans, SessionPolicy policy) {
        this.scans = scans;
        this.policy = policy;
    }

    Multi<SessionInfo> multi() {
        return pages().onItem().transformToMultiAndConcatenate(page -> Multi.createFrom().items(sessions(page)));
    }

    Uni<Long> count() {
        return pages().map(page -> (long) page.sessions().size()).collect().with(Collectors.summingLong(Long::longValue));
    }

    /** Waits for each page. */
    Stream<SessionInfo> stream() {
        return StreamSupport.stream(() -> new Waiting(scans.get()), Spliterator.ORDERED, false).flatMap(this::sessions);
    }

    private Multi<Page> pages() {
        return Multi.createBy().repeating().uni(scans, SessionPages::next).whilst(page -> page.next() != null);
    }

    private static Uni<Page> next(Scan scan) {
        return SessionAdministration.stage(scan::next);
    }

    private Stream<SessionInfo> sessions(Page page) {
        return page.sessions().stream().map(found -> SessionAdministration.info(found.id(), found.session(), policy));
    }

    private static final class Waiting extends AbstractSpliterator<Page> {

        private final Scan scan;
        private boolean done;

        Waiting(Scan scan) {
            super(Long.MAX_VALUE, Spliterator.ORDERED);
            this.scan = scan;
        }

        @Override
        public boolean tryAdvance(Consumer<? super Page> action) {
            if (done) {
                return false;
            }
            Page page = BlockingSessions.await(next(scan));
            done = page.next() == null;
            action.accept(page);
            return true;
        }
    }
}
