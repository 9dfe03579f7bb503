package io.quarkiverse.imsession.runtime.redis.client;

import java.io.IOException;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.quarkiverse.imsession.SessionStoreException;
import io.quarkiverse.imsession.runtime.log.Failures;
import io.vertx.redis.client.impl.types.ErrorType;

/** Classifies the errors of Redis and its client. */
final class RedisErrors {

    /** The code at the beginning of an error of Redis. Redis 6.2 wraps the error of a command in a script into another one. */
    private static final Pattern CODE = Pattern.compile(
            "(?:ERR Error running script \\(call to f_[0-9a-f]{40}\\): (?:@user_script: ?\\d+: )+-?)?([A-Z]{1,20})(?= |$)");
    private static final Set<String> OF_REPLICAS = Set.of("READONLY", "MASTERDOWN");
    private static final Set<String> OF_CONFIGURATION = Set.of("NOPERM", "NOAUTH", "WRONGPASS", "NOPROTO", "ERR");
    private static final Set<String> OF_OTHER_SLOTS = Set.of("MOVED", "ASK", "TRYAGAIN", "CLUSTERDOWN");
    /** A failure of a batch, as the client puts it: a line for each failure of a command, without "ERR" before its error. */
    private static final Pattern OF_BATCH = Pattern.compile("ERR \\[\\d+] (.*)");
    private static final Pattern LIKE_CODE = Pattern.compile("[A-Z_]+( |$)");
    /** Redis 6.2 tells a missing permission of a command in a script without its code. */
    private static final String NO_PERMISSION_IN_SCRIPT = "The user executing the script can't ";
    private static final String NO_PERMISSION = "NOPERM";
    private static final Pattern JAVA_EXCEPTION = Pattern.compile("[a-z]\\w*(\\.[\\w$]+)+(:|$)");

    private RedisErrors() {
    }

    /** The kind of a failure, which decides about the connection. For some failures the client gives only a message. */
    static Kind kind(Throwable cause) {
        if (cause instanceof ErrorType error) {
            return error.is("CONNECTION_CLOSED") ? Kind.LOST : Kind.ANSWER;
        }
        String message = String.valueOf(cause.getMessage());
        if (message.equals("Redis waiting queue is full")) {
            return Kind.TOO_MANY;
        }
        return message.equals("Connection is closed") || message.startsWith("Failed obtaining connection")
                || message.startsWith("Cannot connect to any") ? Kind.NOT_SENT : Kind.LOST;
    }

    /** The failure of a command to which the server answered with an error, see {@link Kind#ANSWER}. */
    static Throwable answer(Throwable cause) {
        return new ServerErrorException(code((ErrorType) cause));
    }

    /**
     * The first failure of a command of a batch, as it would be if the command had been sent alone. The client makes one text
     * of all failures.
     */
    static Throwable first(Throwable ofBatch) {
        Matcher first = OF_BATCH.matcher(String.valueOf(ofBatch.getMessage()));
        if (!(ofBatch instanceof ErrorType) || !first.lookingAt()) {
            return ofBatch;
        }
        String error = first.group(1);
        if (JAVA_EXCEPTION.matcher(error).lookingAt()) {
            return new IOException(error);
        }
        return ErrorType.create(LIKE_CODE.matcher(error).lookingAt() ? error : "ERR " + error);
    }

    /** Whether a node of a cluster refused to run a command, as the slot of its key is on another node, or on its way. */
    static boolean isOfOtherSlot(Throwable cause) {
        return cause instanceof ErrorType error && OF_OTHER_SLOTS.contains(code(error));
    }

    /** Whether this is the error of a replica. */
    static boolean isOfReplica(Throwable cause) {
        return cause instanceof ErrorType error && OF_REPLICAS.contains(code(error));
    }

    /** Whether the server refused a command, and will refuse it until somebody changes its configuration. */
    static boolean isRefusal(Throwable cause) {
        return cause instanceof ErrorType error && OF_CONFIGURATION.contains(code(error));
    }

    static boolean isServerError(Throwable failure) {
        return failure instanceof ServerErrorException;
    }

    static boolean isNoScript(Throwable failure) {
        return failure instanceof ServerErrorException server && server.code.equals("NOSCRIPT");
    }

    static boolean isWrongType(Throwable failure) {
        return failure instanceof ServerErrorException server && server.code.equals("WRONGTYPE");
    }

    /**
     * The exception for a failure to connect. Its message has only the kind of the failure and addresses, as the message of the
     * client may contain configured passwords.
     */
    static SessionStoreException unreachable(Throwable failure) {
        boolean answered = failure instanceof ErrorType && kind(failure) == Kind.ANSWER;
        String reason = answered ? answered(code((ErrorType) failure))
                : failure instanceof ErrorType ? "the connection was lost" : Failures.describe(failure);
        return new SessionStoreException(
                (answered ? "Redis cannot be used" : "Redis cannot be reached") + Failures.at(failure) + ": " + reason,
                Failures.withoutForeignMessages(failure));
    }

    /** The code of an error. The rest of its message may repeat the command, with keys and data. */
    private static String code(ErrorType error) {
        String message = String.valueOf(error.getMessage());
        if (message.contains(NO_PERMISSION_IN_SCRIPT)) {
            return NO_PERMISSION;
        }
        Matcher code = CODE.matcher(message);
        return code.lookingAt() ? code.group(1) : "of no code";
    }

    private static String answered(String code) {
        return "Redis answered with the error " + code
                + (code.equals(NO_PERMISSION) ? ": the user of the connection lacks a permission, which ACL LOG tells" : "");
    }

    static SessionStoreException asStoreException(Throwable failure) {
        if (failure instanceof SessionStoreException known) {
            return known;
        }
        return new SessionStoreException(failure instanceof ServerErrorException server ? server.getMessage()
                : "The connection to Redis was lost", failure);
    }

    /** The kind of a failure of a command. */
    enum Kind {
        /** The server answered with an error. */
        ANSWER,
        /** The client refused to send the command before others are answered. */
        TOO_MANY,
        /** There was no connection to the server, so the command was not run. */
        NOT_SENT,
        /** The connection was lost before the reply: the server may or may not have run the command. */
        LOST
    }

    /** Redis answered with an error. */
    private static final class ServerErrorException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final String code;

        ServerErrorException(String code) {
            super(answered(code), null, false, false);
            this.code = code;
        }
    }
}
