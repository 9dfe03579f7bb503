package io.quarkiverse.imsession;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The page of sessions to list, as in {@code PageRequest.ofSize(20).after(next).withFields("device", "ip")}.
 *
 * @param size the greatest number of sessions of the page, 1 to {@value ReactiveImSessions#MAX_PAGE_SIZE}
 * @param after {@link SessionPage#next()} of the page before; empty for the first page
 * @param fields the names of the fields to read; empty for all fields
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

    /** The page after another one, with the same size and fields. */
    public PageRequest after(SessionPage page) {
        return after(page.next().orElseThrow(() -> new IllegalArgumentException("There is no page after the last one")));
    }

    /** The page that begins at {@link SessionPage#next()} of another page. */
    public PageRequest after(String next) {
        return new PageRequest(size, Optional.of(next), fields);
    }

    /**
     * The same page with only these fields of each session, and the field by which it is found. The store does not read the
     * others. Without any name it reads only the latter.
     */
    public PageRequest withFields(String... names) {
        return new PageRequest(size, after, Optional.of(Set.copyOf(List.of(names))));
    }
}
