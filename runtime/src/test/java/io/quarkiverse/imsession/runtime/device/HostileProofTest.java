package io.quarkiverse.imsession.runtime.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.quarkiverse.imsession.test.device.SoftwareKey;
import io.quarkiverse.imsession.test.hostile.HostileProof;
import io.quarkiverse.imsession.test.hostile.HostileRun;
import io.quarkiverse.imsession.test.hostile.HostileTarget;
import io.quarkiverse.imsession.test.hostile.HostileTexts;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;

/**
 * Whatever comes in the place of a proof: it is what the device has signed for this challenge, or it is refused, in no time.
 */
@Tag("sized")
class HostileProofTest {

    private static final int AT_ONCE = 4;
    private static final String CHALLENGE = "challenge";

    private final SoftwareKey device = SoftwareKey.p256();
    private final SoftwareKey other = SoftwareKey.p256();

    @Test
    void onlyTheDeviceRefreshes() throws InvalidProofException {
        DeviceKey key = Proof.parse(device.registration(CHALLENGE, null)).checkRegistration(Proof.equalTo(CHALLENGE), null,
                audience -> false).verify();
        run("refreshes", device.refreshHeader(), proof -> assertThat(ProofTest.refusal(
                () -> Proof.parse(proof.text()).checkRefresh(key, Proof.equalTo(CHALLENGE), audience -> false)
                        .verify()) == null)
                .isEqualTo(proof.honest()));
    }

    @Test
    void onlyTheKeyOfTheDeviceIsRegistered() {
        run("registrations", device.registrationHeader(), proof -> assertThat(ProofTest.refusal(
                () -> Proof.parse(proof.text()).checkRegistration(Proof.equalTo(CHALLENGE), null, audience -> false)
                        .verify()) == null)
                .isEqualTo(proof.honest()));
    }

    @Test
    void anyHeaderIsReadOrRefused() {
        Arbitrary<String> values = Arbitraries.oneOf(HostileTexts.bytes(60), HostileTexts.damaged(Arbitraries.of(
                "unreachable;session_identifier=\"123\", quota_exceeded;session_identifier=\"456\"", "\"a\\\"\";id=\"b\"")));
        HostileRun.run("headers of devices", 5, AT_ONCE, values, new Checked<>(value -> {
            DeviceHeaders.response(value);
            DeviceHeaders.sessionId(value);
            DeviceHeaders.skipped(value);
        }));
    }

    private void run(String name, String header, Consumer<HostileProof> check) {
        HostileRun.run(name, 10, AT_ONCE, HostileProof.of(device, other, header, SoftwareKey.claims(CHALLENGE, null)),
                new Checked<>(check));
    }

    private record Checked<T>(Consumer<T> check) implements HostileTarget<T> {

        @Override
        public Optional<String> attempt(List<T> cases) {
            cases.forEach(check);
            return Optional.empty();
        }

        @Override
        public long nanos() {
            return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        }
    }
}
