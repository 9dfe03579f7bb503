package io.quarkiverse.imsession.runtime.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;

import io.quarkiverse.imsession.SessionId;
import io.quarkiverse.imsession.SessionStoreException;
import io.quarkiverse.imsession.runtime.device.DeviceKey;
import io.quarkiverse.imsession.runtime.device.InvalidProofException;
import io.quarkiverse.imsession.runtime.device.Proof;
import io.quarkiverse.imsession.spi.SessionToken;
import io.quarkiverse.imsession.test.device.SoftwareKey;

class ProofVerifierTest {

    private final AtomicInteger givenUp = new AtomicInteger();
    private final ProofVerifier verifier = new ProofVerifier(new SessionMetrics() {
        @Override
        public void proofGivenUp() {
            givenUp.incrementAndGet();
        }
    }, 1);

    @Test
    void keyIsThatOfTheSignature() throws Exception {
        SoftwareKey device = SoftwareKey.p256();
        SoftwareKey other = SoftwareKey.p256();
        assertThat(registered(device.registration("c", null))).isNotNull();
        assertThat(registered(other.jwt(device.registrationHeader(), SoftwareKey.claims("c", null)))).isNull();
    }

    private DeviceKey registered(String jwt) throws InvalidProofException {
        return verifier.verify(newId(), Proof.parse(jwt).checkRegistration(Proof.equalTo("c"), null, audience -> false))
                .toCompletableFuture().join();
    }

    @Test
    void floodTakesAsManyThreadsAsThereAreAndALimitedNumberWaits() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        CompletableFuture<String> first = run(begun, goOn);
        begun.await();
        List<CompletableFuture<String>> waiting = new ArrayList<>();
        for (int i = 0; i < ProofVerifier.CAPACITY; i++) {
            waiting.add(run(new CountDownLatch(1), goOn));
        }
        assertThatThrownBy(run(begun, goOn)::join).hasCauseInstanceOf(SessionStoreException.class);
        assertThat(givenUp).hasValue(1);
        assertThat(waiting).noneMatch(CompletableFuture::isDone);
        goOn.countDown();
        assertThat(first.join()).isEqualTo(ProofVerifier.THREAD);
        assertThat(waiting.stream().map(CompletableFuture::join)).hasSize(ProofVerifier.CAPACITY)
                .containsOnly(ProofVerifier.THREAD);
        assertThat(run(begun, goOn).join()).as("afterwards").isEqualTo(ProofVerifier.THREAD);
    }

    @Test
    void floodForOneSessionLeavesRoomForOthers() throws Exception {
        SessionId flooded = newId();
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        List<CompletableFuture<String>> some = new ArrayList<>();
        for (int i = 0; i < ProofVerifier.MOST_OF_A_SESSION; i++) {
            some.add(run(flooded, begun, goOn));
        }
        begun.await();
        for (int i = 0; i < 2 * ProofVerifier.CAPACITY; i++) {
            assertThatThrownBy(run(flooded, begun, goOn)::join).hasCauseInstanceOf(SessionStoreException.class);
        }
        assertThat(givenUp).hasValue(2 * ProofVerifier.CAPACITY);
        CompletableFuture<String> other = run(begun, goOn);
        goOn.countDown();
        assertThat(other.join()).isEqualTo(ProofVerifier.THREAD);
        some.forEach(CompletableFuture::join);
        assertThat(run(flooded, begun, goOn).join()).as("afterwards").isEqualTo(ProofVerifier.THREAD);
    }

    private static SessionId newId() {
        return SessionToken.generate(new SecureRandom()).id();
    }

    private CompletableFuture<String> run(CountDownLatch begun, CountDownLatch goOn) {
        return run(newId(), begun, goOn);
    }

    private CompletableFuture<String> run(SessionId id, CountDownLatch begun, CountDownLatch goOn) {
        return verifier.run(id, () -> {
            begun.countDown();
            try {
                goOn.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return Thread.currentThread().getName();
        }).toCompletableFuture();
    }
}
