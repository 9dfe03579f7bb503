package io.quarkiverse.imsession.runtime.form;

import java.util.List;

import jakarta.inject.Singleton;

import io.quarkiverse.imsession.runtime.login.Bridge;
import io.quarkiverse.imsession.runtime.login.SessionLogins;
import io.quarkiverse.imsession.runtime.login.StandIn;
import io.quarkus.arc.All;
import io.quarkus.vertx.http.runtime.VertxHttpConfig;
import io.quarkus.vertx.http.runtime.security.annotation.FormAuthentication;

/** Takes the place of the mechanism of the form, but for its log-ins. */
@Singleton
public class FormStandIn extends StandIn {

    FormStandIn(FormBridge bridge, @All List<Bridge> all, SessionLogins logins, VertxHttpConfig config) {
        super(bridge, all, logins, FormAuthentication.AUTH_MECHANISM_SCHEME, config.auth().form().cookieName());
    }
}
