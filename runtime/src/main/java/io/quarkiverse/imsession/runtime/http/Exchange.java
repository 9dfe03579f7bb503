package io.quarkiverse.imsession.runtime.http;

import org.jspecify.annotations.Nullable;

import io.quarkiverse.imsession.runtime.config.SecurityConfig.QuarkusCookies;
import io.quarkiverse.imsession.runtime.session.RequestSession;
import io.quarkiverse.imsession.runtime.session.SessionCommitter;
import io.quarkiverse.imsession.spi.SessionIdResolver;

/**
 * The parts of the application that each request and its response need.
 *
 * @param resolver carries tokens between client and server
 * @param committer stores the changes of a request
 * @param client makes the attributes of clients
 * @param clearSiteData asks the browser to delete data when its session ends
 * @param refusals answers requests that are refused
 * @param cookies the cookies by which mechanisms keep log-ins
 * @param old what becomes of those that browsers have of the time before sessions
 * @param devices carries the binding of sessions to devices; null if none is bound
 */
public record Exchange(SessionIdResolver resolver, SessionCommitter committer, ClientAttributes client,
        ClearSiteData clearSiteData, Refusals refusals, MechanismCookies cookies, QuarkusCookies old,
        @Nullable DeviceExchange devices) {

    /** The parts of an application whose mechanisms keep no log-ins. */
    Exchange(SessionIdResolver resolver, SessionCommitter committer, ClientAttributes client, ClearSiteData clearSiteData,
            Refusals refusals) {
        this(resolver, committer, client, clearSiteData, refusals, MechanismCookies.NONE,
                QuarkusCookies.REFUSE, null);
    }

    /** The cookies whose place a session takes in its request. While they are shared, that needs a log-in in the session. */
    MechanismCookies cookies(RequestSession session) {
        return old == QuarkusCookies.SHARE && session.login() == null ? MechanismCookies.NONE : cookies;
    }
}
