package io.quarkiverse.imsession.it.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.quarkiverse.imsession.it.Client;
import io.quarkiverse.imsession.test.PackagedApplication;
import io.quarkiverse.imsession.test.RedisServer;

/** Many live sessions in Redis make no request of one of them dearer. */
@Tag("sized")
@Tag("further")
class ManySessionsIT {

    private static final int MANY = Integer.getInteger("imsession.many.sessions", 10_000);
    private static final int FEW = 100;
    private static final int BATCH = 2_000;
    private static final int REQUESTS = 200;
    private static final int ROUNDS = 3;
    /**
     * What may cost more: memory that is in no cache, a noisy machine, and what varies with time. Work for each session would
     * be a hundredfold.
     */
    private static final double FACTOR = 2;
    private static final double NOISE_MICROS = 20;
    /**
     * How often a script calls these depends on how lately the session was renewed: on a slow machine the grace period of its
     * old token is over, which is then removed.
     */
    private static final Set<String> VARYING = Set.of("hget", "hmget", "hdel");

    /** Makes sessions like the one of KEYS[1], with the ids of ARGV. They differ in the user, and are in the index. */
    private static final String COPY = """
            local hash, ttl, prefix = redis.call('HGETALL', KEYS[1]), redis.call('PTTL', KEYS[1]), ARGV[1]
            local user, login, score
            for i = 1, #hash, 2 do
              if hash[i] == 'principal' then user = i + 1 end
              if hash[i] == '@login' then login = i + 1 end
              if hash[i] == '@ref:principal' then score = hash[i + 1] end
            end
            local before = hash[user]
            for i = 2, #ARGV do
              local name = 'user' .. i
              hash[login] = string.gsub(hash[login], before, '"' .. name .. '"')
              before = '"' .. name .. '"'
              hash[user] = before
              local key, set = prefix .. ':{' .. ARGV[i] .. '}', prefix .. ':ref:principal:{' .. name .. '}'
              redis.call('HSET', key, unpack(hash))
              redis.call('PEXPIRE', key, ttl)
              redis.call('ZADD', set, score, ARGV[i])
              redis.call('PEXPIREAT', set, score)
            end
            """;

    private final Random random = new Random(1);
    private final Tally tally = new Tally();

    @Test
    void manyLiveSessionsSlowNoCommandAndNeedNoMoreOfThem() throws Exception {
        try (RedisServer redis = RedisServer.start();
                PackagedApplication demo = PackagedApplication.start("-Dquarkus.redis.hosts=" + redis.uri());
                Connection connection = new Connection(URI.create(demo.uri()))) {
            String token = connection.post("/api/login?user=user2", null).token();
            List<String> tokens = copy(redis, token, FEW);
            use(connection, tokens);

            List<CommandCosts> few = measure(redis, connection, tokens);
            tokens.addAll(copy(redis, token, MANY - FEW));
            List<CommandCosts> many = measure(redis, connection, tokens);

            assertThat(tally.errors()).isEmpty();
            assertThat(connection.get("/api/devices", tokens.get(tokens.size() - 1)).body()).contains("\"current\":true");
            assertThat((Long) redis.command("DBSIZE")).isGreaterThan(MANY);
            Map<String, Long> calls = few.get(0).calls();
            assertThat(many).extracting(costs -> withoutVarying(costs.calls())).containsOnly(withoutVarying(calls));
            assertThat(VARYING).allSatisfy(command -> assertThat(many)
                    .allMatch(costs -> costs.calls().get(command) <= FACTOR * calls.get(command)));
            assertThat(calls).containsEntry("hgetall", 3L * REQUESTS).containsEntry("evalsha", 2L * REQUESTS);
            for (String command : calls.keySet()) {
                assertThat(least(many, command)).as("microseconds of " + command)
                        .isLessThan(FACTOR * least(few, command) + NOISE_MICROS);
            }
        }
    }

    private static Map<String, Long> withoutVarying(Map<String, Long> calls) {
        Map<String, Long> others = new HashMap<>(calls);
        others.keySet().removeAll(VARYING);
        return others;
    }

    private List<CommandCosts> measure(RedisServer redis, Connection connection, List<String> tokens) throws IOException {
        List<CommandCosts> rounds = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            CommandCosts.reset(redis);
            use(connection, tokens);
            rounds.add(CommandCosts.of(redis));
        }
        return rounds;
    }

    /** Reads, changes and renews. Sessions are taken at random. */
    private void use(Connection connection, List<String> tokens) throws IOException {
        for (int i = 0; i < REQUESTS; i++) {
            int index = random.nextInt(tokens.size());
            post(connection, "/races/read", tokens.get(index));
            post(connection, "/races/set?field=note&value=" + random.nextInt(), tokens.get(index));
            tokens.set(index, post(connection, "/races/renew", tokens.get(index)).token());
        }
    }

    private Answer post(Connection connection, String path, String token) throws IOException {
        Answer answer = tally.expect(200, connection.post(path, token), path);
        if (!answer.exists()) {
            tally.error("no session");
        }
        return answer;
    }

    /** The tokens of new sessions with the secret of another one. */
    private List<String> copy(RedisServer redis, String token, int count) {
        String id = Client.id(token);
        List<String> tokens = new ArrayList<>();
        while (tokens.size() < count) {
            List<String> command = new ArrayList<>(List.of("EVAL", COPY, "1", "imsession:{" + id + '}', "imsession"));
            for (int i = Math.min(BATCH, count - tokens.size()); i > 0; i--) {
                String copy = newId();
                command.add(copy);
                tokens.add(copy + token.substring(id.length()));
            }
            redis.command(command.toArray(String[]::new));
        }
        return tokens;
    }

    private String newId() {
        byte[] bytes = new byte[16];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static double least(List<CommandCosts> rounds, String command) {
        return rounds.stream().mapToDouble(costs -> costs.microsPerCall(command)).min().orElseThrow();
    }
}
