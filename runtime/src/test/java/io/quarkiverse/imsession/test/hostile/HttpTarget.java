package io.quarkiverse.imsession.test.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Optional;

import io.quarkiverse.imsession.test.hostile.PipelinedHttp.Answer;

/**
 * An application that reads its session under one path and counts in it under another. It answers {@code exists=true} or
 * {@code exists=false}.
 */
public final class HttpTarget implements HostileTarget<HostileRequest>, AutoCloseable {

    private static final String REMOVAL = "=; Max-Age=0; ";
    private static final int SERVER_ERROR = 500;
    /** Of more, of which some must have been planted, none is looked at. */
    private static final int MOST_TOKENS = 4;

    private final PipelinedHttp http;
    private final CommandCount commands;
    private final List<String> knownTokens;
    private final String writingPath;

    /**
     * @param commands counts those of the application's Redis; null if there is none
     * @param knownTokens tokens of sessions that exist
     * @param writingPath the path under which a request may change its session
     */
    public HttpTarget(URI application, CommandCount commands, List<String> knownTokens, String writingPath) {
        this.http = new PipelinedHttp(application.getHost(), application.getPort());
        this.commands = commands;
        this.knownTokens = knownTokens;
        this.writingPath = writingPath;
    }

    @Override
    public void prepare(List<HostileRequest> requests) throws IOException {
        if (commands != null) {
            commands.start();
        }
    }

    @Override
    public Optional<String> attempt(List<HostileRequest> requests) throws IOException {
        List<Answer> answers = http.send(requests);
        for (int i = 0; i < requests.size(); i++) {
            check(requests.get(i), answers.get(i));
        }
        if (commands == null) {
            return Optional.empty();
        }
        return commands.exceeds(
                requests.stream().mapToLong(request -> Math.min(request.tokens(), MOST_TOKENS)).sum(),
                requests.stream().filter(request -> request.path().contains(writingPath)).count());
    }

    private void check(HostileRequest request, Answer answer) {
        assertThat(answer.status()).as("status of the answer '%s'", answer.body()).isLessThan(SERVER_ERROR);
        if (answer.body().contains("exists=true") && !request.path().contains(writingPath)) {
            assertThat(request.hasAny(knownTokens)).as("a session without a token that was issued").isTrue();
        }
        if (!request.path().contains(writingPath)) {
            // Cookies of the name that others may have planted are removed.
            assertThat(answer.headers().getOrDefault("set-cookie", REMOVAL)).as("cookie of a request that only reads")
                    .contains(REMOVAL);
        }
    }

    @Override
    public void close() throws IOException {
        http.close();
    }
}
