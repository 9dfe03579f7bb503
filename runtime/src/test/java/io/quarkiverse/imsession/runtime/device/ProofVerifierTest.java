package io.quarkiverse.imsession.runtime.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;

import org.junit.jupiter.api.Test;

import io.quarkiverse.imsession.SessionStoreException;
import io.quarkiverse.imsession.test.device.SoftwareKey;

class ProofVerifierTest {

    private final ProofVerifier verifier = new ProofVerifier(1);

    @Test
    void keyIsThatOfTheSignature() throws Exception {
        SoftwareKey device = SoftwareKey.p256();
        SoftwareKey other = SoftwareKey.p256();
        assertThat(registered(device.registration("c", null))).isNotNull();
        assertThat(registered(other.jwt(device.registrationHeader(), SoftwareKey.claims("c", null)))).isNull();
    }

    private DeviceKey registered(String jwt) throws InvalidProofException {
        return verifier.verify(Proof.parse(jwt).checkRegistration(Proof.equalTo("c"), null, audience -> false))
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
        assertThat(waiting).noneMatch(CompletableFuture::isDone);
        goOn.countDown();
        assertThat(first.join()).isEqualTo(ProofVerifier.THREAD);
        assertThat(waiting.stream().map(CompletableFuture::join)).hasSize(ProofVerifier.CAPACITY)
                .containsOnly(ProofVerifier.THREAD);
        assertThat(run(begun, goOn).join()).as("afterwards").isEqualTo(ProofVerifier.THREAD);
    }

    private CompletableFuture<String> run(CountDownLatch begun, CountDownLatch goOn) {
        return verifier.run(() -> {
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
