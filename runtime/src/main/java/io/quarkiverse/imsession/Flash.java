package io.quarkiverse.imsession;

import java.util.Optional;
import java.util.Set;

import com.fasterxml.jackson.core.type.TypeReference;

/**
 * Values for the next page: {@code session.flash().put("notice", "Saved")} before a redirect, and
 * {@code session.flash().get("notice", String.class)} on the page that the client is sent to.
 * <p>
 * A value stays in the session until a request reads it, so neither a redirect nor a parallel request for an image loses it.
 * It is there for the whole request that reads it, however often, and is removed with the changes that this request stores.
 * A value that one request both puts and reads is never stored. Values are kept beside the data: {@link ImSession#data()} and
 * {@link ImSessions} do not have them.
 * <p>
 * If the response has a status of 500 or more, or if its changes cannot be stored, the value stays for the next page. Two
 * requests that read a value at the same time may both get it. A value ends with its session, for example when another user
 * logs in.
 */
public interface Flash {

    /** The largest number of values that no request has read. */
    int MAX_VALUES = 16;

    /**
     * Keeps a value until a request reads it, in place of the one with that name if there is one, and makes a session if there
     * is none.
     *
     * @param name a name as that of a field, see {@link SessionData#with}
     * @param value any value that Jackson can write; not null
     * @throws SessionEncodingException if Jackson cannot write it
     * @throws IllegalArgumentException if the name is not allowed, the value is null, or there would be more than
     *         {@value #MAX_VALUES} values that no request has read; nothing is changed then
     * @throws SessionTooLargeException if data and values together are larger than {@code quarkus.imsession.max-size};
     *         nothing is changed then
     */
    void put(String name, Object value);

    /**
     * Reads a value, so that it is gone after this request. While the response is sent and in a WebSocket, this is a change as
     * any other: only {@link ImSession#commit()} stores it, and the value stays for the next page without that. It also stays
     * where nothing can be changed, for example when it is read in the answer to a refused request.
     *
     * @return a new object, or empty if there is no such value
     * @throws SessionDecodingException if the value is not of that type; then it counts as not read
     */
    <T> Optional<T> get(String name, Class<T> type);

    /**
     * Reads a value with a generic type, as in {@code get("errors", new TypeReference<List<String>>() {})}. See
     * {@link #get(String, Class)}.
     *
     * @return a new object, or empty if there is no such value
     * @throws SessionDecodingException if the value is not of that type; then it counts as not read
     */
    <T> Optional<T> get(String name, TypeReference<T> type);

    /** Whether {@link #get} would find a value of that name. To ask this does not read it. */
    boolean contains(String name);

    /** The names of all values that {@link #get} would find; unmodifiable. To ask for them does not read the values. */
    Set<String> names();
}
