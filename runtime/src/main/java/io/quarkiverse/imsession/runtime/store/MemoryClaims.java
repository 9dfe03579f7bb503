package io.quarkiverse.imsession.runtime.store;

import java.time.Clock;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/** Names that are reserved for a time, in the memory of this process. Of too many, the oldest are given up. */
public final class MemoryClaims {

    private static final int MOST_CLAIMS = 10_000;

    private final Map<String, Claim> claims = new LinkedHashMap<>();
    private final Clock clock;

    public MemoryClaims() {
        this(new SteadyClock());
    }

    MemoryClaims(Clock clock) {
        this.clock = clock;
    }

    /** The present holder of a name that is reserved now, unless another holder has it. */
    public synchronized String claim(String name, String holder, Duration atMost) {
        String present = holder(name);
        if (present != null && !present.equals(holder)) {
            return present;
        }
        claims.remove(name);
        makeRoom();
        claims.put(name, new Claim(holder, clock.millis() + Math.max(1, atMost.toMillis())));
        return holder;
    }

    private void makeRoom() {
        if (claims.size() < MOST_CLAIMS) {
            return;
        }
        long now = clock.millis();
        claims.values().removeIf(claim -> claim.ends <= now);
        for (Iterator<Claim> oldest = claims.values().iterator(); claims.size() >= MOST_CLAIMS;) {
            oldest.next();
            oldest.remove();
        }
    }

    public synchronized @Nullable String holder(String name) {
        Claim claim = claims.get(name);
        return claim == null || claim.ends <= clock.millis() ? null : claim.holder;
    }

    /** True if the holder had the name. */
    public synchronized boolean release(String name, String holder) {
        return holder.equals(holder(name)) && claims.remove(name) != null;
    }

    private record Claim(String holder, long ends) {
    }
}
