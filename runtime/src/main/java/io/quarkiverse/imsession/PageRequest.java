package io.quarkiverse.imsession;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Which page of sessions to list: {@code PageRequest.ofSize(20).after(next).withFields("device", "ip")}.
 *
 * @param size how many sessions it has at the most, 1 to {@value ReactiveImSessions#MAX_PAGE_SIZE}
 * @param after what the page before told; empty for the first page
 * @param fields the only fields to read; empty for all
 */
public record PageRequest(int size, Optional<String> after, Optional<Set<String>> fields) {

    /** @throws IllegalArgumentException if the size is out of range */
    public PageRequest {
        if (size < 1 || size > ReactiveImSessions.MAX_PAGE_SIZE) {
            throw new IllegalArgumentException("A page has 1 to " + ReactiveImSessions.MAX_PAGE_SIZE + " sessions, " + size
                    + " were asked for");
        }
        fields = fields.map(Set::copyOf);
    }

    /** The first page, with all fields. */
    public static PageRequest ofSize(int size) {
        return new PageRequest(size, Optional.empty(), Optional.empty());
    }

    /** The page after another one. */
    public PageRequest after(SessionPage page) {
        return after(page.next().orElseThrow(() -> new IllegalArgumentException("There is no page after the last one")));
    }

    /** The page that begins where another one told, in {@link SessionPage#next()}. */
    public PageRequest after(String next) {
        return new PageRequest(size, Optional.of(next), fields);
    }

    /** Only these fields of each session, and that by which it is found: the others are not even read. None is allowed. */
    public PageRequest withFields(String... names) {
        return new PageRequest(size, after, Optional.of(Set.copyOf(List.of(names))));
    }
}
