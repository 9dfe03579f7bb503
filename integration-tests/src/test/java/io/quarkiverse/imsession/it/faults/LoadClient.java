package io.quarkiverse.imsession.it.faults;

import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.quarkiverse.imsession.it.Client;
import io.quarkiverse.imsession.it.faults.Ledger.State;

/**
 * A browser with a few sessions that sends one request after the other, and checks each response. A refusal must be a 503
 * that tells when to come again and touches no cookie.
 */
final class LoadClient {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int SESSIONS = 4;
    private static final long PAUSE_NANOS = 5_000_000;

    private final String name;
    private final Random random;
    private final Progress progress;
    private final Findings findings;
    private final Client http = new Client();
    private final List<Ledger> active = new ArrayList<>();
    private final List<Ledger> all = new ArrayList<>();

    LoadClient(String name, long seed, Progress progress, Findings findings) {
        this.name = name;
        this.random = new Random(seed);
        this.progress = progress;
        this.findings = findings;
    }

    void step() {
        if (active.size() < SESSIONS) {
            create();
            return;
        }
        Ledger session = active.get(random.nextInt(active.size()));
        int choice = random.nextInt(100);
        if (choice < 60) {
            change(session);
        } else if (choice < 86) {
            read(session);
        } else if (choice < 92) {
            renew(session);
        } else if (choice < 96) {
            destroy(session);
        } else {
            active.remove(session);
        }
        if (session.state() != State.ALIVE) {
            active.remove(session);
        }
    }

    /** Reads all sessions that there ever were. */
    void verify() {
        all.forEach(this::verify);
    }

    private void verify(Ledger session) {
        for (String token : session.tokens()) {
            Answer answer = send("read", token);
            if (answer == null) {
                findings.wrong("a session of %s could not be read afterwards", name);
                return;
            }
            if (answer.exists) {
                session.found(token);
                session.check(answer.data, answer.startNanos);
                return;
            }
        }
        session.gone();
    }

    private void create() {
        String owner = name + '-' + all.size();
        Answer answer = send("set?field=" + Ledger.OWNER + "&value=" + owner, null);
        if (answer == null) {
            return;
        }
        if (answer.token == null) {
            findings.wrong("a new session of %s without a cookie", name);
            return;
        }
        Ledger session = new Ledger(owner, answer.token, answer.startNanos, findings);
        session.check(answer.data, answer.startNanos);
        all.add(session);
        active.add(session);
    }

    private void change(Ledger session) {
        long number = session.next();
        session.trying(number);
        Answer answer = send("set?field=" + session.field(number) + "&value=" + number, session.token());
        if (isSameSession(session, answer)) {
            session.acknowledge(number, answer.startNanos);
            session.check(answer.data, answer.startNanos);
        }
    }

    private void read(Ledger session) {
        Answer answer = send("read", session.token());
        if (isSameSession(session, answer)) {
            session.check(answer.data, answer.startNanos);
        }
    }

    private void renew(Ledger session) {
        Answer answer = send("renew", session.token());
        if (answer == null) {
            session.unsure();
        } else if (answer.token == null && answer.exists) {
            findings.wrong("a session of %s was renewed without a cookie", name);
        } else if (isSameSession(session, answer)) {
            session.check(answer.data, answer.startNanos);
        }
    }

    private void destroy(Ledger session) {
        Answer answer = send("destroy", session.token());
        if (answer == null) {
            session.unsure();
        } else {
            session.ended(answer.startNanos);
        }
    }

    /** Whether there is an answer, and it is about that session. Takes over its token. */
    private static boolean isSameSession(Ledger session, Answer answer) {
        if (answer == null) {
            return false;
        }
        if (answer.ended || !answer.exists || answer.token != null && !session.hasId(answer.token)) {
            session.missing();
            return false;
        }
        if (answer.token != null) {
            session.replaceToken(answer.token, answer.startNanos);
        }
        return true;
    }

    /** Null if it was refused. */
    private Answer send(String operation, String token) {
        long start = System.nanoTime();
        HttpResponse<String> response;
        try {
            response = http.post("/races/" + operation, token);
        } catch (IllegalStateException e) {
            findings.wrong("no response to %s: %s", operation, e.getCause());
            return null;
        }
        switch (response.statusCode()) {
            case 200 -> {
                progress.succeeded(start);
                return Answer.of(response, start);
            }
            case 409 -> {
                // The session was lost between loading and storing.
                progress.succeeded(start);
                return new Answer(start, null, false, true, Map.of());
            }
            case 503 -> {
                checkRefusal(response);
                progress.refused();
                LockSupport.parkNanos(PAUSE_NANOS);
                return null;
            }
            default -> {
                findings.wrong("status %d for %s: %s", response.statusCode(), operation, response.body());
                return null;
            }
        }
    }

    private void checkRefusal(HttpResponse<String> response) {
        if (response.headers().firstValue("retry-after").isEmpty() || response.headers().firstValue("set-cookie").isPresent()
                || response.body().contains(Ledger.OWNER)) {
            findings.wrong("refusal with headers %s and body %s", response.headers().map(), response.body());
        }
    }

    /** @param token the one that the response set, or null */
    private record Answer(long startNanos, String token, boolean exists, boolean ended, Map<String, String> data) {

        static Answer of(HttpResponse<String> response, long startNanos) {
            try {
                JsonNode body = JSON.readTree(response.body());
                Map<String, String> data = new HashMap<>();
                body.get("data").fields().forEachRemaining(field -> data.put(field.getKey(), field.getValue().asText()));
                return new Answer(startNanos, Client.token(response).filter(token -> !token.isEmpty()).orElse(null),
                        body.get("exists").asBoolean(), false, data);
            } catch (JsonProcessingException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
