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
 * @param references the references by which it is found
 * @param client the known attributes of its client; empty if there are none
 * @param renewed when its token was last replaced; null if it never was
 * @param fields the number of its fields
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

    /** The reference of a field; empty if its value cannot be a reference, as it was stored before the field became one. */
    private static Optional<Reference> reference(SessionData data, String field) {
        try {
            return data.reference(field);
        } catch (RuntimeException e) {
            return Optional.empty();
        }
    }
}
