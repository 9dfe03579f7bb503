package io.quarkiverse.imsession.it.typed;

import java.util.Optional;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;

import io.quarkiverse.imsession.SessionValue;
import io.quarkus.vertx.web.Route;
import io.quarkus.vertx.web.RouteBase;

/** A bean that lives longer than a request looks its values up. */
@ApplicationScoped
@RouteBase(path = "/typed/routes")
public class TypedRoutes {

    @Inject
    @SessionValue("user_id")
    Instance<Optional<Long>> userId;

    @Inject
    @SessionValue
    Instance<Profile> profile;

    @Route(path = "values")
    String values() {
        return userId.get().map(String::valueOf).orElse("nobody") + " " + profile.get().visits();
    }
}
