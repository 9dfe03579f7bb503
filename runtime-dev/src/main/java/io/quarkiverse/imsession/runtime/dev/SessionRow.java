package io.quarkiverse.imsession.runtime.dev;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import io.quarkiverse.imsession.Reference;
import io.quarkiverse.imsession.SessionClient;
import io.quarkiverse.imsession.SessionData;
import io.quarkiverse.imsession.SessionInfo;

/**
 * A session in a list. Times are milliseconds since 1970 of the store's clock.
 *
 * @param references by which it is found
 * @param client what is known of who uses it, empty if nothing
 * @param renewed when its token was replaced last; null if it never was
 * @param fields how many fields it has
 * @param bytes the size of its data
 */
public record SessionRow(String id, List<Reference> references, String client, long created, @Nullable Long renewed,
        long expires, int fields, long bytes) {

    static SessionRow of(SessionInfo session, Set<String> referenceFields) {
        SessionData data = session.data();
        return new SessionRow(session.id().value(), references(data, referenceFields), text(session.client()),
                session.createdAt().toEpochMilli(), session.renewedAt().map(time -> time.toEpochMilli()).orElse(null),
                session.expiresAt().toEpochMilli(), data.names().size(), data.sizeInBytes());
    }

    static String text(SessionClient client) {
        return String.join(" · ",
                Stream.of(client.label(), client.address(), client.userAgent()).flatMap(Optional::stream).toList());
    }

    private static List<Reference> references(SessionData data, Set<String> fields) {
        return fields.stream().sorted().flatMap(field -> reference(data, field).stream()).toList();
    }

    /** Empty if it has a value from before the field was a reference, which cannot be one. */
    private static Optional<Reference> reference(SessionData data, String field) {
        try {
            return data.reference(field);
        } catch (RuntimeException e) {
            return Optional.empty();
        }
    }
}
