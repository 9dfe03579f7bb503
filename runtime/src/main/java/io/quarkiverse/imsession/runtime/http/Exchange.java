package io.quarkiverse.imsession.runtime.http;

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
 */
public record Exchange(SessionIdResolver resolver, SessionCommitter committer, ClientAttributes client,
        ClearSiteData clearSiteData, Refusals refusals, MechanismCookies cookies, QuarkusCookies old) {

    /** The parts of an application whose mechanisms keep no log-ins. */
    Exchange(SessionIdResolver resolver, SessionCommitter committer, ClientAttributes client, ClearSiteData clearSiteData,
            Refusals refusals) {
        this(resolver, committer, client, clearSiteData, refusals, MechanismCookies.NONE,
                QuarkusCookies.REFUSE);
    }

    /** The cookies whose place a session takes in its request. While they are shared, that needs a log-in in the session. */
    MechanismCookies cookies(RequestSession session) {
        return old == QuarkusCookies.SHARE && session.login() == null ? MechanismCookies.NONE : cookies;
    }
}
