package io.quarkiverse.imsession.runtime.redis.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.imsession.SessionStoreException;
import io.vertx.core.impl.NoStackTraceThrowable;
import io.vertx.redis.client.impl.types.ErrorType;

class RedisErrorsTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "OOM command not allowed when used memory > 'maxmemory'. | OOM",
            "ERR unknown command `EVALSHA`, with args beginning with: `secret`, | ERR",
            "ERR Error running script (call to f_4fafe1417d25fce8eb5ba6ab0910c5677533b2de): @user_script:1: @user_script: 1: -OOM command "
                    + "not allowed when used memory > 'maxmemory'. | OOM",
            "ERR Error running script (call to f_bd0d3e51957fbd3f1a5e63e96ce59205ed1c9173): @user_script:1: WRONGTYPE Operation "
                    + "against a key | WRONGTYPE",
            "ERR Error running script (call to f_88602e5ae41da3674a20397f663065a24ec8426a): @user_script:1: secret: -SECRET | ERR",
            "WRONGPASS | WRONGPASS",
            "NOPERM No permissions to access the key 'secret' | NOPERM",
            "secret | of no code",
            "Secret data | of no code",
            "SECRETOFVERYMANYLETTERSANDNOBLANK | of no code",
            "SECRET=7 | of no code" })
    void ofAnAnswerOnlyItsCodeIsRepeated(String answer, String code) {
        SessionStoreException failure = RedisErrors.asStoreException(RedisErrors.answer(ErrorType.create(answer)));
        assertThat(failure).hasMessageMatching("Redis answered with the error " + code + "(: the user .*)?");
        assertThat(trace(failure)).doesNotContainIgnoringCase("secret");
        assertThat(RedisErrors.unreachable(ErrorType.create(answer)))
                .hasMessage("Redis cannot be used: " + failure.getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = { "NOPERM this user has no permissions to run the 'evalsha' command",
            "ERR Error running script (call to f_bd0d3e51957fbd3f1a5e63e96ce59205ed1c9173): @user_script:1: @user_script: 1: The user"
                    + " executing the script can't run this command or subcommand",
            "ERR The user executing the script can't access at least one of the keys mentioned in the command arguments script" })
    void aMissingPermissionIsToldAsSuch(String answer) {
        assertThat(RedisErrors.answer(ErrorType.create(answer)))
                .hasMessage(
                        "Redis answered with the error NOPERM: the user of the connection lacks a permission, which ACL LOG tells");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "ERR [0] NOSCRIPT No matching script. Please use EVAL. | NOSCRIPT",
            "ERR [0] MOVED 3999 127.0.0.1:6381 | MOVED",
            "ERR [1] NOPERM this user has no permissions to run the 'wait' command | NOPERM",
            "ERR [0] unknown command `EVALSHA`, with args beginning with: `secret`, | ERR",
            "ERR [0] Error running script (call to f_bd0d3e51957fbd3f1a5e63e96ce59205ed1c9173): @user_script:1: -OOM command | OOM" })
    void ofAScriptWithItsWaitTheFirstErrorCounts(String batch, String code) {
        for (String more : List.of("", System.lineSeparator() + "ERR [1] WAIT cannot be used with replica instances.")) {
            Throwable failure = RedisErrors.first(ErrorType.create(batch + more));
            assertThat(RedisErrors.kind(failure)).isEqualTo(RedisErrors.Kind.ANSWER);
            assertThat(RedisErrors.answer(failure)).hasMessageStartingWith("Redis answered with the error " + code);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = { "ERR [0] CONNECTION_CLOSED\nERR [1] CONNECTION_CLOSED", "ERR [1] CONNECTION_CLOSED",
            "ERR [0] java.io.IOException: Connection reset by peer", "ERR [1] java.nio.channels.ClosedChannelException",
            "ERR [0] io.netty.channel.unix.Errors$NativeIoException: recvAddress(..) failed: Connection reset by peer" })
    void aScriptWithItsWaitIsLostIfTheConnectionIsLostBeforeBothReplies(String batch) {
        assertThat(RedisErrors.kind(RedisErrors.first(ErrorType.create(batch)))).isEqualTo(RedisErrors.Kind.LOST);
    }

    @Test
    void aScriptWithItsWaitIsNotSentOrHeldAsAnyCommand() {
        assertThat(RedisErrors.kind(RedisErrors.first(new NoStackTraceThrowable("Connection is closed"))))
                .isEqualTo(RedisErrors.Kind.NOT_SENT);
        assertThat(RedisErrors.kind(RedisErrors.first(new NoStackTraceThrowable("Redis waiting queue is full"))))
                .isEqualTo(RedisErrors.Kind.TOO_MANY);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "Connection refused: localhost/127.0.0.1:6379 | 127.0.0.1:6379",
            "Connection refused: /[0:0:0:0:0:0:0:1]:6379 | [0:0:0:0:0:0:0:1]:6379",
            "Connection refused: localhost/0:0:0:0:0:0:0:1:6379 | 0:0:0:0:0:0:0:1:6379",
            "connection timed out after 10000 ms: redis.internal/10.1.2.3:7000 | 10.1.2.3:7000" })
    void ofAServerThatCannotBeReachedTheAddressIsTold(String message, String address) {
        assertThat(RedisErrors.unreachable(new ConnectException(message)))
                .hasMessage("Redis cannot be reached at " + address + ": java.net.ConnectException");
    }

    @Test
    void aConnectionThatIsLostIsNoAnswer() {
        assertThat(RedisErrors.unreachable(ErrorType.create("CONNECTION_CLOSED")))
                .hasMessage("Redis cannot be reached: the connection was lost");
    }

    @Test
    void ofManyServersThatCannotBeReachedTheAddressesAreTold() {
        assertThat(RedisErrors.unreachable(new ConnectException("Cannot connect to any of the provided endpoints"
                + "\n- redis://user:secret@one: Connection refused: one/10.0.0.1:6379"
                + "\n- redis://user:secret@two: Connection refused: two/10.0.0.2:6379")))
                .hasMessage("Redis cannot be reached at 10.0.0.1:6379, 10.0.0.2:6379: java.net.ConnectException");
    }

    @ParameterizedTest
    @ValueSource(strings = { "redis://:secret@10.0.0.1:6379", "redis://secret:secret@localhost:6379",
            "redis://secret/secret@localhost", "Failed to resolve 'secret'", "rediss://127.0.0.1:6379@localhost",
            "redis://[::1]:6379@localhost", "redis:///10.0.0.1:6379secret@localhost", "secret/secret:6379",
            "secret/deadbeef:6379" })
    void ofAnAddressNothingIsRepeatedThatMayBeACredential(String message) {
        SessionStoreException failure = RedisErrors.unreachable(new UnknownHostException(message));
        assertThat(failure).hasMessage("Redis cannot be reached: java.net.UnknownHostException");
        assertThat(trace(failure)).doesNotContain("secret").doesNotContain("6379");
    }

    private static String trace(Throwable failure) {
        StringWriter trace = new StringWriter();
        failure.printStackTrace(new PrintWriter(trace));
        return trace.toString();
    }
}
