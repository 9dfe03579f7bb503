package io.quarkiverse.imsession.runtime.device;

import org.openjdk.jmh.annotations.Benchmark;

import io.quarkiverse.imsession.benchmarks.InnerPiece;

/** What a server computes to bind a session to a device, to refresh the bound cookie, and to refuse what is no proof. */
public class ProofBenchmark extends InnerPiece {

    /** The vectors of dbsc-toolkit, spec/vectors. */
    private static final String CHALLENGE = "KN3qw_pQxR8tY5uI8oP1aS2dF3gH4jK5lM6nO7pQ8rS";
    private static final String REGISTRATION = "eyJhbGciOiJFUzI1NiIsInR5cCI6ImRic2Mrand0IiwiandrIjp7Imt0eSI6IkVDIiwiY3J2IjoiUC0yNTYiLCJ4Ij"
            + "oiT2lxc0xvMkZneDhzMXg1RUk5YmpVRGk1UU45bGc5X3BNOFZHWW52ZHVQNCIsInkiOiJMSXRnd2JXZXdtZzBycmF1"
            + "S0kxSVg0dEUyV3pObm1CMzIyRTRVdmZTUHQ4In19.eyJqdGkiOiJLTjNxd19wUXhSOHRZNXVJOG9QMWFTMmRGM2dIN"
            + "GpLNWxNNm5PN3BROHJTIn0.6YjXpu8GV1Yjw8R5qB42lh_5HPj0USF7RBAmp1gJaKIondZ0rpSIzjVvAbbztFRTGWI"
            + "0jPPheN2YqDZQ8J_heg";
    private static final String REFRESH = "eyJhbGciOiJFUzI1NiIsInR5cCI6ImRic2Mrand0In0.eyJqdGkiOiJLTjNxd19wUXhSOHRZNXVJOG9QMWFTMmRGM2"
            + "dINGpLNWxNNm5PN3BROHJTIn0.dZhwcoAWFE9jCoWAInYiaw9z_ZO_nJCfVv8JUGK_5xZybqIal0uWB8Svdid9A4ey"
            + "mcitK8amsuuhrh7t15lsew";

    private final DeviceKey key = registration();
    private final String kept = key.text();
    private final String tooLong = "a".repeat(100_000);

    @Benchmark
    public DeviceKey registration() {
        try {
            return Proof.parse(REGISTRATION).checkRegistration(Proof.equalTo(CHALLENGE), null, audience -> false).verify();
        } catch (InvalidProofException e) {
            throw new IllegalStateException(e);
        }
    }

    @Benchmark
    public DeviceKey refresh() {
        try {
            DeviceKey device = DeviceKey.parse(kept);
            Proof.parse(REFRESH).checkRefresh(device, Proof.equalTo(CHALLENGE), audience -> false).verify();
            return device;
        } catch (InvalidProofException e) {
            throw new IllegalStateException(e);
        }
    }

    @Benchmark
    public Object otherChallenge() {
        return refused(REFRESH, "another");
    }

    @Benchmark
    public Object keyAtRefresh() {
        return refused(REGISTRATION, CHALLENGE);
    }

    @Benchmark
    public Object tooLong() {
        return refused(tooLong, CHALLENGE);
    }

    private InvalidProofException refused(String text, String challenge) {
        try {
            Proof.parse(text).checkRefresh(key, Proof.equalTo(challenge), audience -> false).verify();
        } catch (InvalidProofException e) {
            return e;
        }
        throw new IllegalStateException("It was accepted");
    }
}
