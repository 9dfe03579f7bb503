package io.quarkiverse.imsession.it.load;

import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.quarkiverse.imsession.test.RedisServer;

/** What Redis tells of the commands that it has run, by name: those of scripts, too. */
record CommandCosts(Map<String, Cost> byCommand) {

    private static final Pattern LINE = Pattern.compile("cmdstat_([^:]+):calls=(\\d+),usec=(\\d+),.*");

    /** @param micros that Redis was busy with all calls together */
    record Cost(long calls, long micros) {

        double microsPerCall() {
            return (double) micros / calls;
        }
    }

    static void reset(RedisServer redis) {
        redis.command("CONFIG", "RESETSTAT");
    }

    static CommandCosts of(RedisServer redis) {
        Map<String, Cost> costs = new TreeMap<>();
        ((String) redis.command("INFO", "commandstats")).lines().forEach(line -> {
            Matcher matcher = LINE.matcher(line);
            if (matcher.matches()) {
                costs.put(matcher.group(1), new Cost(Long.parseLong(matcher.group(2)), Long.parseLong(matcher.group(3))));
            }
        });
        costs.keySet().removeIf(name -> name.startsWith("config") || name.equals("info"));
        return new CommandCosts(costs);
    }

    Map<String, Long> calls() {
        Map<String, Long> calls = new TreeMap<>();
        byCommand.forEach((name, cost) -> calls.put(name, cost.calls()));
        return calls;
    }

    double microsPerCall(String command) {
        return byCommand.get(command).microsPerCall();
    }
}
