package io.quarkiverse.imsession.test.hostile;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;

import io.quarkiverse.imsession.SessionId;
import io.quarkiverse.imsession.spi.SessionToken;
import io.quarkiverse.imsession.test.RespClient;

/** Puts what Redis may hold under the keys of some sessions. Clients have a token of each, and one that it superseded. */
public final class StoredHashes implements AutoCloseable {

    private final RespClient redis;
    private final String keyPrefix;
    private final List<SessionToken> current = new ArrayList<>();
    private final List<SessionToken> previous = new ArrayList<>();

    public StoredHashes(int port, String keyPrefix, int most) throws IOException {
        this.redis = new RespClient(port, StandardCharsets.ISO_8859_1);
        this.keyPrefix = keyPrefix;
        SecureRandom random = new SecureRandom();
        for (int i = 0; i < most; i++) {
            SessionToken token = SessionToken.generate(random);
            previous.add(token);
            current.add(token.renew(random));
        }
    }

    public void put(List<HostileHash> hashes) throws IOException {
        long now = System.currentTimeMillis();
        int sent = 0;
        for (int i = 0; i < hashes.size(); i++) {
            String key = keyPrefix + ":{" + id(i) + "}";
            for (List<String> command : hashes.get(i).commands(key, current.get(i), previous.get(i), now)) {
                redis.send(command);
                sent++;
            }
        }
        for (; sent > 0; sent--) {
            redis.reply();
        }
    }

    public SessionId id(int index) {
        return current.get(index).id();
    }

    /** The token that a client presents for a hash. */
    public String token(int index, HostileHash hash) {
        return (hash.previous() ? previous : current).get(index).value();
    }

    @Override
    public void close() throws IOException {
        redis.close();
    }
}
