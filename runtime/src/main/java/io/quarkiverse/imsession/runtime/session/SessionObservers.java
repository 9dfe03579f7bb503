package io.quarkiverse.imsession.runtime.session;

import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Default;
import jakarta.enterprise.inject.spi.EventContext;
import jakarta.enterprise.inject.spi.EventMetadata;
import jakarta.enterprise.inject.spi.InjectionPoint;
import jakarta.enterprise.inject.spi.ObserverMethod;

import org.jboss.logging.Logger;
import org.jboss.logging.Logger.Level;
import org.jspecify.annotations.Nullable;

import io.quarkiverse.imsession.SessionEvent;
import io.quarkiverse.imsession.runtime.log.LimitedLog;
import io.quarkus.arc.ArcContainer;
import io.quarkus.arc.AsyncObserverExceptionHandler;
import io.quarkus.arc.InstanceHandle;
import io.quarkus.arc.ManagedContext;
import io.quarkus.vertx.core.runtime.context.VertxContextSafetyToggle;
import io.smallrye.common.vertx.VertxContext;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.impl.ContextInternal;

/**
 * Passes events to the asynchronous observers of the application, one after the other, on a separate thread. A slow observer
 * delays later events, and nothing else. Unknown clients can cause events, so only a limited number of them may wait, and
 * further ones are dropped. So that strangers cannot keep a user from learning of a log-in, or an audit log from learning who
 * acts for whom, there is room for such events that theirs do not take.
 * <p>
 * CDI itself would notify observers on threads that requests need, and would let any number of events wait.
 */
public final class SessionObservers {

    /** The greatest number of events that wait, of those that strangers can cause. */
    static final int CAPACITY = 1000;
    /** How many others may wait besides. */
    private static final int RESERVE = 1000;
    static final String THREAD = "imsession-events";

    /** How long the application waits for the observers when it stops, in milliseconds. */
    private static final long STOP_MILLIS = 2000;

    private static final Logger LOG = Logger.getLogger("io.quarkiverse.imsession");
    private static final LimitedLog DROPPED = new LimitedLog(LOG, Level.WARN);
    private static final LimitedLog FAILED = new LimitedLog(LOG, Level.ERROR);

    private final ArcContainer container;
    private final Context root;
    private final SessionMetrics metrics;
    private final ThreadPoolExecutor worker;
    private final Map<Class<?>, List<ObserverMethod<SessionEvent>>> observers = new ConcurrentHashMap<>();

    /** The thread starts with the first event that has an observer. */
    public SessionObservers(ArcContainer container, Vertx vertx, SessionMetrics metrics) {
        this.container = container;
        this.root = VertxContext.getRootContext(vertx.getOrCreateContext());
        this.metrics = metrics;
        this.worker = new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(CAPACITY + RESERVE),
                OwnThreads.named(THREAD), (task, worker) -> drop((Notification) task));
    }

    /** Has the observers of an event called later, or drops the event if too many others wait. */
    public void enqueue(SessionEvent event) {
        List<ObserverMethod<SessionEvent>> called = observers.computeIfAbsent(event.getClass(), this::resolve);
        if (called.isEmpty()) {
            return;
        }
        Notification notification = new Notification(event, called);
        if (isOfUsers(event) || worker.getQueue().size() < CAPACITY) {
            worker.execute(notification);
        } else {
            drop(notification);
        }
    }

    /** Whether only users who are logged in can cause an event. */
    private static boolean isOfUsers(SessionEvent event) {
        return event instanceof SessionEvent.NewClient || event instanceof SessionEvent.ActingBegan
                || event instanceof SessionEvent.ActingEnded;
    }

    /** @param type the class of an event */
    @SuppressWarnings("unchecked")
    private List<ObserverMethod<SessionEvent>> resolve(Class<?> type) {
        return container.resolveObserverMethods(type, Any.Literal.INSTANCE, Default.Literal.INSTANCE).stream()
                .filter(ObserverMethod::isAsync).map(observer -> (ObserverMethod<SessionEvent>) (ObserverMethod<?>) observer)
                .toList();
    }

    public void stop() {
        worker.shutdown();
        try {
            worker.awaitTermination(STOP_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        int left = worker.shutdownNow().size();
        if (left > 0) {
            LOG.warnf("%d events of sessions are dropped, as the application stops and observers take too long",
                    left);
        }
    }

    private void drop(Notification notification) {
        metrics.dropped();
        if (!worker.isShutdown()) {
            DROPPED.log("%s is told to no observer: observers take too long, and %d others wait for them",
                    notification.event, worker.getQueue().size());
        }
    }

    /** An event and its observers. */
    private final class Notification implements Runnable, EventContext<SessionEvent>, EventMetadata {

        private final SessionEvent event;
        private final List<ObserverMethod<SessionEvent>> told;

        Notification(SessionEvent event, List<ObserverMethod<SessionEvent>> told) {
            this.event = event;
            this.told = told;
        }

        /** Runs in a new Vert.x context, which holds the request context of CDI and the diagnostic context of the log. */
        @Override
        public void run() {
            Context own = VertxContext.createNewDuplicatedContext(root);
            VertxContextSafetyToggle.setContextSafe(own, true);
            ((ContextInternal) own).dispatch(this::inRequestContext);
        }

        private void inRequestContext() {
            ManagedContext requestContext = container.requestContext();
            requestContext.activate();
            try {
                told.forEach(this::notify);
            } finally {
                requestContext.terminate();
            }
        }

        private void notify(ObserverMethod<SessionEvent> observer) {
            try {
                observer.notify(this);
            } catch (Throwable e) {
                failed(observer, e);
            }
        }

        /** Logs the failure here, as the default handler of CDI would write a line for each one. */
        private void failed(ObserverMethod<SessionEvent> observer, Throwable failure) {
            InstanceHandle<AsyncObserverExceptionHandler> handler = container.instance(AsyncObserverExceptionHandler.class);
            if (handler.getBean().isDefaultBean()) {
                FAILED.logWithTrace(failure, "Observer %s failed at %s", observer.getBeanClass().getName(), event);
                return;
            }
            try {
                handler.get().handle(failure, observer, this);
            } catch (RuntimeException e) {
                FAILED.logWithTrace(e, "Handler %s failed at %s", handler.getBean().getBeanClass().getName(), event);
            }
        }

        @Override
        public SessionEvent getEvent() {
            return event;
        }

        @Override
        public EventMetadata getMetadata() {
            return this;
        }

        @Override
        public Set<Annotation> getQualifiers() {
            return Set.of(Any.Literal.INSTANCE, Default.Literal.INSTANCE);
        }

        @Override
        public @Nullable InjectionPoint getInjectionPoint() {
            return null;
        }

        @Override
        public Type getType() {
            return event.getClass();
        }
    }
}
