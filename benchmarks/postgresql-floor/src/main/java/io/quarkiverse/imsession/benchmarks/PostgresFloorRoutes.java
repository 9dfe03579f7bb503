package io.quarkiverse.imsession.benchmarks;

import java.security.SecureRandom;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

import io.vertx.core.http.Cookie;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;

/**
 * The routes with sessions written by hand, with one statement to read and one to change, and as little code as can be: the
 * least that a session in PostgreSQL costs here. It lacks what makes it safe: the id is the credential and is stored in clear,
 * nothing is checked, parallel changes overwrite each other.
 */
@Singleton
class PostgresFloorRoutes {

    private static final String COOKIE = "sid";
    private static final String ATTRIBUTES = "; Max-Age=86400; Path=/; HttpOnly; SameSite=Lax";
    private static final String CART = "[\"item-0001\",\"item-0002\",\"item-0003\",\"item-0004\",\"item-0005\",\"item-0006\","
            + "\"item-0007\",\"item-0008\",\"item-0009\",\"item-0010\"]";
    private static final String TABLE = "CREATE TABLE IF NOT EXISTS floor_session (id text COLLATE \"C\" PRIMARY KEY,"
            + " expires_at timestamptz NOT NULL, data json NOT NULL) WITH (fillfactor = 70)";
    private static final String INSERT = "INSERT INTO floor_session (id, expires_at, data) VALUES ($1, $2, $3)";
    private static final String SELECT = "SELECT data FROM floor_session WHERE id = $1 AND expires_at > now()";
    private static final String UPDATE = "UPDATE floor_session SET data = $2, expires_at = $3 WHERE id = $1";
    private static final String DELETE = "DELETE FROM floor_session WHERE id = $1";

    private final SecureRandom random = new SecureRandom();
    private final Pool pool;

    PostgresFloorRoutes(Pool pool) throws Exception {
        this.pool = pool;
        pool.query(TABLE).execute().toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
    }

    void routes(@Observes Router router) {
        router.get("/plain").handler(context -> answer(context, "hello"));
        router.post("/login").handler(this::login);
        router.get("/read").handler(context -> load(context, data -> answer(context,
                data.getString("user") + ' ' + data.getInteger("views"))));
        router.post("/inc").handler(this::increment);
        router.post("/logout").handler(this::logout);
    }

    private void login(RoutingContext context) {
        byte[] bits = new byte[16];
        random.nextBytes(bits);
        String id = Base64.getUrlEncoder().withoutPadding().encodeToString(bits);
        String user = context.request().getParam("user");
        JsonObject data = new JsonObject("{\"user\":\"" + user + "\",\"views\":0,\"theme\":\"dark\",\"cart\":" + CART + '}');
        run(context, INSERT, Tuple.of(id, tomorrow(), data), done -> {
            setCookie(context, id);
            answer(context, "ok");
        });
    }

    private void load(RoutingContext context, Consumer<JsonObject> use) {
        String id = id(context);
        if (id == null) {
            context.fail(401);
            return;
        }
        run(context, SELECT, Tuple.of(id), rows -> {
            if (rows.size() == 0) {
                context.fail(401);
            } else {
                use.accept(rows.iterator().next().getJsonObject(0));
            }
        });
    }

    private void increment(RoutingContext context) {
        load(context, data -> {
            int views = data.getInteger("views") + 1;
            run(context, UPDATE, Tuple.of(id(context), data.put("views", views), tomorrow()), done -> {
                setCookie(context, id(context));
                answer(context, Integer.toString(views));
            });
        });
    }

    private void logout(RoutingContext context) {
        String id = id(context);
        if (id == null) {
            answer(context, "ok");
            return;
        }
        run(context, DELETE, Tuple.of(id), done -> {
            context.response().headers().add("Set-Cookie", COOKIE + "=; Max-Age=0; Path=/; HttpOnly; SameSite=Lax");
            answer(context, "ok");
        });
    }

    private void run(RoutingContext context, String statement, Tuple args, Consumer<RowSet<Row>> then) {
        pool.preparedQuery(statement).execute(args).onFailure(context::fail).onSuccess(then::accept);
    }

    private static OffsetDateTime tomorrow() {
        return OffsetDateTime.now(ZoneOffset.UTC).plusDays(1);
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
