package io.quarkiverse.imsession.benchmarks;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

import org.eclipse.microprofile.config.inject.ConfigProperty;

import io.vertx.core.Vertx;
import io.vertx.core.http.Cookie;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.Request;

/**
 * The routes with sessions written by hand, with as few commands and as little code as can be: the least that a session in
 * Redis costs here. It lacks what makes it safe: the id is the credential and is stored in clear, nothing is checked, parallel
 * changes overwrite each other, an ended session comes back.
 */
@Singleton
class FloorRoutes {

    private static final String COOKIE = "sid";
    private static final String ATTRIBUTES = "; Max-Age=86400; Path=/; HttpOnly; SameSite=Lax";
    private static final long LIFETIME_MILLIS = 86_400_000;
    private static final String CART = "[\"item-0001\",\"item-0002\",\"item-0003\",\"item-0004\",\"item-0005\",\"item-0006\","
            + "\"item-0007\",\"item-0008\",\"item-0009\",\"item-0010\"]";

    private final SecureRandom random = new SecureRandom();
    private final HeldConnections connections;

    FloorRoutes(Vertx vertx, @ConfigProperty(name = "redis.uri") String uri) {
        this.connections = new HeldConnections(vertx, uri);
    }

    void routes(@Observes Router router) {
        router.get("/plain").handler(context -> answer(context, "hello"));
        router.post("/login").handler(context -> connections.use(redis -> login(context, redis), context::fail));
        router.get("/read").handler(context -> connections.use(redis -> read(context, redis), context::fail));
        router.post("/inc").handler(context -> connections.use(redis -> increment(context, redis), context::fail));
        router.post("/logout").handler(context -> connections.use(redis -> logout(context, redis), context::fail));
    }

    private void login(RoutingContext context, RedisConnection redis) {
        byte[] bits = new byte[16];
        random.nextBytes(bits);
        String id = Base64.getUrlEncoder().withoutPadding().encodeToString(bits);
        String user = context.request().getParam("user");
        Request set = Request.cmd(Command.HSET).arg(key(id)).arg("user").arg(user).arg("views").arg("0").arg("theme")
                .arg("dark").arg("cart").arg(CART);
        redis.batch(List.of(set, expire(id))).onFailure(context::fail).onSuccess(done -> {
            setCookie(context, id);
            answer(context, "ok");
        });
    }

    private void read(RoutingContext context, RedisConnection redis) {
        String id = id(context);
        if (id == null) {
            context.fail(401);
            return;
        }
        redis.send(Request.cmd(Command.HGETALL).arg(key(id))).onFailure(context::fail).onSuccess(session -> {
            if (session.size() == 0) {
                context.fail(401);
            } else {
                answer(context, session.get("user").toString() + ' ' + session.get("views").toInteger());
            }
        });
    }

    private void increment(RoutingContext context, RedisConnection redis) {
        String id = id(context);
        if (id == null) {
            context.fail(401);
            return;
        }
        redis.send(Request.cmd(Command.HGETALL).arg(key(id))).onFailure(context::fail).onSuccess(session -> {
            if (session.size() == 0) {
                context.fail(401);
                return;
            }
            String views = Integer.toString(session.get("views").toInteger() + 1);
            Request set = Request.cmd(Command.HSET).arg(key(id)).arg("views").arg(views);
            redis.batch(List.of(set, expire(id))).onFailure(context::fail).onSuccess(done -> {
                setCookie(context, id);
                answer(context, views);
            });
        });
    }

    private void logout(RoutingContext context, RedisConnection redis) {
        String id = id(context);
        if (id == null) {
            answer(context, "ok");
            return;
        }
        redis.send(Request.cmd(Command.UNLINK).arg(key(id))).onFailure(context::fail).onSuccess(done -> {
            context.response().headers().add("Set-Cookie", COOKIE + "=; Max-Age=0; Path=/; HttpOnly; SameSite=Lax");
            answer(context, "ok");
        });
    }

    private static Request expire(String id) {
        return Request.cmd(Command.PEXPIRE).arg(key(id)).arg(LIFETIME_MILLIS);
    }

    private static String key(String id) {
        return "floor:" + id;
    }

    private static String id(RoutingContext context) {
        Cookie cookie = context.request().getCookie(COOKIE);
        return cookie == null ? null : cookie.getValue();
    }

    private static void setCookie(RoutingContext context, String id) {
        context.response().headers().add("Set-Cookie", COOKIE + '=' + id + ATTRIBUTES);
    }

    private static void answer(RoutingContext context, String text) {
        context.response().putHeader("Content-Type", "text/plain").end(text);
    }
}
