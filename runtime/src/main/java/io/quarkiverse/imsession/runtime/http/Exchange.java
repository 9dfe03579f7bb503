package io.quarkiverse.imsession.runtime.http;

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
 */
public record Exchange(SessionIdResolver resolver, SessionCommitter committer, ClientAttributes client,
        ClearSiteData clearSiteData, Refusals refusals, MechanismCookies cookies) {

    /** The parts of an application whose mechanisms keep no log-ins. */
    Exchange(SessionIdResolver resolver, SessionCommitter committer, ClientAttributes client, ClearSiteData clearSiteData,
            Refusals refusals) {
        this(resolver, committer, client, clearSiteData, refusals, MechanismCookies.NONE);
    }
}
