package io.quarkiverse.imsession.benchmarks;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.Session;
import io.vertx.ext.web.handler.SessionHandler;
import io.vertx.ext.web.sstore.redis.RedisSessionStore;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisOptions;

/** The routes with the sessions of Vert.x Web, on as many event loops as Quarkus has. */
public final class VertxWebServer extends VerticleBase {

    private static final JsonArray CART = JsonArray.of("item-0001", "item-0002", "item-0003", "item-0004", "item-0005",
            "item-0006", "item-0007", "item-0008", "item-0009", "item-0010");
    private static final long LIFETIME_MILLIS = 86_400_000;

    public static void main(String[] args) {
        Vertx.vertx().deployVerticle(VertxWebServer.class.getName(),
                new DeploymentOptions().setInstances(VertxOptions.DEFAULT_EVENT_LOOP_POOL_SIZE)).onFailure(failure -> {
                    failure.printStackTrace();
                    System.exit(1);
                });
    }

    @Override
    public Future<?> start() {
        // The default pool of 6 connections refuses sessions under this load.
        Redis redis = Redis.createClient(vertx, new RedisOptions().setConnectionString(System.getenv("REDIS_URI"))
                .setMaxPoolSize(64).setMaxPoolWaiting(4096));
        Router router = Router.router(vertx);
        // Lazy, as a request that does not use the session would make one.
        router.route().handler(SessionHandler.create(RedisSessionStore.create(vertx, redis)).setSessionTimeout(LIFETIME_MILLIS)
                .setCookieHttpOnlyFlag(true).setLazySession(true));
        router.get("/plain").handler(context -> answer(context, "hello"));
        router.post("/login").handler(VertxWebServer::login);
        router.get("/read").handler(VertxWebServer::read);
        router.post("/inc").handler(VertxWebServer::increment);
        router.post("/logout").handler(VertxWebServer::logout);
        return vertx.createHttpServer().requestHandler(router).listen(Integer.parseInt(System.getenv("PORT")), "127.0.0.1");
    }

    private static void login(RoutingContext context) {
        context.session().put("user", context.request().getParam("user")).put("views", 0).put("theme", "dark").put("cart", CART);
        answer(context, "ok");
    }

    private static void read(RoutingContext context) {
        Session session = context.session();
        if (session.get("user") == null) {
            context.fail(401);
        } else {
            answer(context, session.<String> get("user") + ' ' + session.<Integer> get("views"));
        }
    }

    private static void increment(RoutingContext context) {
        Session session = context.session();
        if (session.get("user") == null) {
            context.fail(401);
        } else {
            int views = session.<Integer> get("views") + 1;
            session.put("views", views);
            answer(context, Integer.toString(views));
        }
    }

    private static void logout(RoutingContext context) {
        context.session().destroy();
        answer(context, "ok");
    }

    private static void answer(RoutingContext context, String text) {
        context.response().putHeader("Content-Type", "text/plain").end(text);
    }
}
