package io.quarkiverse.imsession.test.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.quarkiverse.imsession.test.hostile.HostileRequest.Header;
import io.quarkiverse.imsession.test.hostile.PipelinedHttp.Answer;

/** An application whose sessions in Redis are damaged. It answers 422 if it meets a field that cannot be decoded. */
public final class StoredHashesTarget implements HostileTarget<HostileHash>, AutoCloseable {

    private static final List<Integer> EXPECTED = List.of(200, 422);

    private final PipelinedHttp http;
    private final CommandCount commands;
    private final StoredHashes stored;
    private final String path;

    /** @param path where the application reads its session */
    public StoredHashesTarget(URI application, CommandCount commands, StoredHashes stored, String path) {
        this.http = new PipelinedHttp(application.getHost(), application.getPort());
        this.commands = commands;
        this.stored = stored;
        this.path = path;
    }

    @Override
    public void prepare(List<HostileHash> hashes) throws IOException {
        stored.put(hashes);
        commands.start();
    }

    @Override
    public Optional<String> attempt(List<HostileHash> hashes) throws IOException {
        List<HostileRequest> requests = new ArrayList<>(hashes.size());
        for (int i = 0; i < hashes.size(); i++) {
            requests.add(new HostileRequest("GET", path, List.of(new Header("Host", "localhost"),
                    new Header("Cookie", "connsid=" + stored.token(i, hashes.get(i)))), ""));
        }
        for (Answer answer : http.send(requests)) {
            assertThat(answer.status()).as("status of the answer '%s'", answer.body()).isIn(EXPECTED);
        }
        // What looks like a session that is about to expire is renewed: by a script, and by another one if its entry in the
        // index is damaged, for which it is loaded again.
        return commands.exceeds(2L * hashes.size(), 2L * hashes.size());
    }

    @Override
    public void close() throws IOException {
        http.close();
    }
}
