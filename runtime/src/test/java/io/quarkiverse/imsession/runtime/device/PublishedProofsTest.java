package io.quarkiverse.imsession.runtime.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.stream.Stream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import io.quarkiverse.imsession.runtime.device.InvalidProofException.Reason;

/**
 * The vectors that two servers for Node.js have published: dbsc-toolkit (spec/vectors) and dbsc-server (vectors/proofs.json).
 * Of the latter one is left out: it demands that {@code iat} is checked, which the draft does not.
 */
class PublishedProofsTest {

    private static final String TOOLKIT_CHALLENGE = "KN3qw_pQxR8tY5uI8oP1aS2dF3gH4jK5lM6nO7pQ8rS";
    private static final String REGISTRATION_CHALLENGE = "vector-registration-challenge-1";
    private static final String REFRESH_CHALLENGE = "vector-refresh-challenge-1";
    private static final String TOOLKIT_KEY = "ES256.OiqsLo2Fgx8s1x5EI9bjUDi5QN9lg9_pM8VGYnvduP4si2DBtZ7CaDSutq4ojUhfi0TZbM2eYHfbYThS99I-3w";
    private static final String KEY = "ES256.KenIWViYm22soNf1zLRfB04Fyxw3Xl0np26UO6Ens0ASDX1_4f6McfYpB1GI7bHx7nWeLPVluqvgIVgPZUzmig";
    private static final String EC = "eyJ0eXAiOiJkYnNjK2p3dCIsImFsZyI6IkVTMjU2IiwiandrIjp7Imt0eSI6IkVDIiwieCI6IktlbklXVmlZbTIyc29OZjF6TFJm"
            + "QjA0Rnl4dzNYbDBucDI2VU82RW5zMEEiLCJ5IjoiRWcxOWYtSC1qSEgyS1FkUmlPMng4ZTUxbml6MVpicXI0Q0ZZRDJWTTVvbyIs"
            + "ImNydiI6IlAtMjU2In19";

    static Stream<Arguments> registrations() {
        return Stream.of(
                arguments("toolkit-registration", null, TOOLKIT_CHALLENGE,
                        "eyJhbGciOiJFUzI1NiIsInR5cCI6ImRic2Mrand0IiwiandrIjp7Imt0eSI6IkVDIiwiY3J2IjoiUC0yNTYiLCJ4IjoiT2lxc0xv"
                                + "MkZneDhzMXg1RUk5YmpVRGk1UU45bGc5X3BNOFZHWW52ZHVQNCIsInkiOiJMSXRnd2JXZXdtZzBycmF1S0kxSVg0dEUyV3pObm1C"
                                + "MzIyRTRVdmZTUHQ4In19.eyJqdGkiOiJLTjNxd19wUXhSOHRZNXVJOG9QMWFTMmRGM2dINGpLNWxNNm5PN3BROHJTIn0.6YjXpu8"
                                + "GV1Yjw8R5qB42lh_5HPj0USF7RBAmp1gJaKIondZ0rpSIzjVvAbbztFRTGWI0jPPheN2YqDZQ8J_heg"),
                arguments("es256-registration-valid", null, REGISTRATION_CHALLENGE,
                        EC + ".eyJqdGkiOiJ2ZWN0b3ItcmVnaXN0cmF0aW9uLWNoYWxsZW5nZS0xIiwiYXVkIjoiaHR0cHM6Ly9zZXJ2ZXIuZXhhbXBsZS9kYnN"
                                + "jL3JlZ2lzdGVyIn0.MWWEtXC9RlDqlUJsOMPh_BwqrSsjqoZXAZzYBAPjxdaep1kk5qWVEeCy_My-SNeOHKhdC1Zh5-tILNuM0qK"
                                + "jLw"),
                arguments("es256-registration-minimal-valid", null, REGISTRATION_CHALLENGE,
                        EC + ".eyJqdGkiOiJ2ZWN0b3ItcmVnaXN0cmF0aW9uLWNoYWxsZW5nZS0xIn0.ho3ISej1KmPS4qRlOmlVCknNFjKQNKojob7bveRxBDr"
                                + "3lZDcTZryt5X0PKVd6o4HYdyx-ct8F5ELlfnS11xxBQ"),
                arguments("rs256-registration-valid", null, REGISTRATION_CHALLENGE,
                        "eyJ0eXAiOiJkYnNjK2p3dCIsImFsZyI6IlJTMjU2IiwiandrIjp7ImFsZyI6IlJTMjU2Iiwia3R5IjoiUlNBIiwibiI6Im9YNUN4"
                                + "ZXpSaVpkLWJpcGRrWFBWN0E4YWtsZTVDUGFTeXllRlVDTUNKREpiRVoyRUVDYlhWaTlpbXFNLTRXaGE2Z19jVTcwb2QxRjZsOHh5"
                                + "WGgzWTVmU1Q0Zl8yVW9nSDVoaDJJNHBFNmRCc1ZFelVwdG1QbE5HdUU2c2NUaDl5Wm5DOHppZWVNYmZ0amtFZi1YUEUydTRUN0lo"
                                + "YVRDUnhrRi1DMDlONlBQTnhQRGJKSnpWdWUwaUVNdXMyVVpkZVJGNzZ3LVJWalJxVG1QMVlLYmw4V2RZa1pnWEdvMUMwcFQwU2ho"
                                + "YjdmUm9hZm4xWTh1WFNaRVU4cEdUWFpmUVc2bTlMRUJVVmpfaDRjMGFEUkJLNlE0UFZfT0Z3ZFhqOHdKVGNJdHV1bWtiWmVBQ1E5"
                                + "Mm5xMkptVUVMWm1MQzBIaUo1YmllS2xwcmJJSkk4ZkNvZGZmUSIsImUiOiJBUUFCIn19.eyJqdGkiOiJ2ZWN0b3ItcmVnaXN0cmF"
                                + "0aW9uLWNoYWxsZW5nZS0xIn0.mqLF_UtQ7gaqykVH2b7x5V-Q7bMoR8oFZ3_PXXx-55d3u6wxXOXMgKWkvorWrXFR1b4n882JwQI"
                                + "bfTaYNcn1e4A7oVhY-gIZJDkv_OCVwlSdomGkQb_pUQCGCpjSanvojJUV_NbOHlrBOEGVj8eJ7xM824UpCO8fo8SaXbENnQhJtS9"
                                + "hYK1xdY-ksiuBzdDwdvCetxNwCpg-IoZ44l9h3JfdTIO_9YV-JEZ50ylgg4Anr-dcUDF23mXyNuN62n_IyYeAxyJdnb-RY0DFa-N"
                                + "itqgCpHnrQzcw2P144YON8p-vMRaJPmbq3vKxcvR04Zsb_c4d3O5BM6XBX18amhLFtQ"),
                arguments("es256-registration-iat-valid", null, REGISTRATION_CHALLENGE,
                        EC + ".eyJqdGkiOiJ2ZWN0b3ItcmVnaXN0cmF0aW9uLWNoYWxsZW5nZS0xIiwiaWF0IjoxNzU1NTk5OTcwfQ.Z_rHalV5-bBICN34kY4l"
                                + "d0fMcQBC7BooS9GN2tK6WGxGFifx8ObuMBSHwzSGwqkEQ48iGUtin-Ahzp1KJ5942A"),
                arguments("wrong-typ", Reason.TYPE, REGISTRATION_CHALLENGE,
                        "eyJ0eXAiOiJKV1QiLCJhbGciOiJFUzI1NiIsImp3ayI6eyJrdHkiOiJFQyIsIngiOiJLZW5JV1ZpWW0yMnNvTmYxekxSZkIwNEZ5"
                                + "eHczWGwwbnAyNlVPNkVuczBBIiwieSI6IkVnMTlmLUgtakhIMktRZFJpTzJ4OGU1MW5pejFaYnFyNENGWUQyVk01b28iLCJjcnYi"
                                + "OiJQLTI1NiJ9fQ.eyJqdGkiOiJ2ZWN0b3ItcmVnaXN0cmF0aW9uLWNoYWxsZW5nZS0xIn0.lCAXfMFguRY9F7fM0WjDcqqzmC6f2"
                                + "jCQJPDrOEXExu2qoqFnNqEOq3tSSbzu7V91AaToXZV25woImkF97GSheg"),
                arguments("alg-none", Reason.ALGORITHM, REGISTRATION_CHALLENGE,
                        "eyJ0eXAiOiJkYnNjK2p3dCIsImFsZyI6Im5vbmUiLCJqd2siOnsia3R5IjoiRUMiLCJ4IjoiS2VuSVdWaVltMjJzb05mMXpMUmZC"
                                + "MDRGeXh3M1hsMG5wMjZVTzZFbnMwQSIsInkiOiJFZzE5Zi1ILWpISDJLUWRSaU8yeDhlNTFuaXoxWmJxcjRDRllEMlZNNW9vIiwi"
                                + "Y3J2IjoiUC0yNTYifX0.eyJqdGkiOiJ2ZWN0b3ItcmVnaXN0cmF0aW9uLWNoYWxsZW5nZS0xIn0.N2QKPiWMpz0Wpy132cJsG4rQ"
                                + "WNWi-v6f-Cl5Xp43ytbTH8H5JkqBZ_EQ-JzwFK5p2drpEViWnNAWl67-g_4Xew"),
                arguments("registration-missing-jwk", Reason.KEY, REGISTRATION_CHALLENGE,
                        "eyJ0eXAiOiJkYnNjK2p3dCIsImFsZyI6IkVTMjU2In0.eyJqdGkiOiJ2ZWN0b3ItcmVnaXN0cmF0aW9uLWNoYWxsZW5nZS0xIn0."
                                + "kWwP5Fce71q0G_UWYgyIk2iaeUTJVjOQZTssimRTx8-WeHu0Pew5tLhY8d19Mi4N3G_pDHZ4NAAaLg8UQBPTJw"),
                arguments("alg-key-mismatch", Reason.ALGORITHM, REGISTRATION_CHALLENGE,
                        "eyJ0eXAiOiJkYnNjK2p3dCIsImFsZyI6IlJTMjU2IiwiandrIjp7Imt0eSI6IkVDIiwieCI6IktlbklXVmlZbTIyc29OZjF6TFJm"
                                + "QjA0Rnl4dzNYbDBucDI2VU82RW5zMEEiLCJ5IjoiRWcxOWYtSC1qSEgyS1FkUmlPMng4ZTUxbml6MVpicXI0Q0ZZRDJWTTVvbyIs"
                                + "ImNydiI6IlAtMjU2In19.eyJqdGkiOiJ2ZWN0b3ItcmVnaXN0cmF0aW9uLWNoYWxsZW5nZS0xIn0.ssTMaFAj7hML99HvZLPe1EO"
                                + "TAWqZTUW5qlxu6S4F1xUuCqp4Rm8pkirRYzRfko5NzsAWveRe0JwpTF5DAlaqDQ"),
                arguments("tampered-signature", Reason.SIGNATURE, REGISTRATION_CHALLENGE,
                        EC + ".eyJqdGkiOiJ2ZWN0b3ItcmVnaXN0cmF0aW9uLWNoYWxsZW5nZS0xIn0.ysjMboGDu-aYkEM7GwhNUuRPI3v4Ef1QLwNfxsOwcxF"
                                + "vw0dH6mI__y3VN0dbyr2VF6vtWOZpvG32-KxvVhreSA"),
                arguments("tampered-payload", Reason.SIGNATURE, REGISTRATION_CHALLENGE,
                        EC + ".eyJqdGkiOiJ2ZWN0b3ItcmVnaXN0cmF0aW9uLWNoYWxsZW5nZS0xIiwiYWRtaW4iOnRydWV9.BSEkmCMK8_x8zd2zIzg0SvheV1"
                                + "EqXIR1sL2bsrCFsFA-GcB7RYUmHu4kpWav_LlGnqe9wbC6KA4jVkXWzi5-JQ"),
                arguments("wrong-challenge", Reason.CHALLENGE, REGISTRATION_CHALLENGE,
                        EC + ".eyJqdGkiOiJhbi1vbGQtY2hhbGxlbmdlIn0.tei8ASw0SHsskjSenKddSOgKoeHcE4r8Zph714u8oyJJ2GNeOcHaQ3IajF85r9u"
                                + "NQiZSXogsNRH3dnuuqASEPQ"));
    }

    static Stream<Arguments> refreshes() {
        return Stream.of(
                arguments("toolkit-refresh", null, TOOLKIT_CHALLENGE,
                        "eyJhbGciOiJFUzI1NiIsInR5cCI6ImRic2Mrand0In0.eyJqdGkiOiJLTjNxd19wUXhSOHRZNXVJOG9QMWFTMmRGM2dINGpLNWxN"
                                + "Nm5PN3BROHJTIn0.dZhwcoAWFE9jCoWAInYiaw9z_ZO_nJCfVv8JUGK_5xZybqIal0uWB8Svdid9A4eymcitK8amsuuhrh7t15ls"
                                + "ew"),
                arguments("es256-refresh-valid", null, REFRESH_CHALLENGE,
                        "eyJ0eXAiOiJkYnNjK2p3dCIsImFsZyI6IkVTMjU2In0.eyJqdGkiOiJ2ZWN0b3ItcmVmcmVzaC1jaGFsbGVuZ2UtMSIsInN1YiI6"
                                + "InZlY3Rvci1zZXNzaW9uLTEifQ.qURz8R3yJixKIL-N-OrUrQRka2m5lT6KM11jXffNX1mnd-_ITuwnTLCeJFbgM_1Mloq_MHssv"
                                + "43Ugw05S-Xy-A"),
                arguments("refresh-smuggled-jwk", Reason.KEY, REFRESH_CHALLENGE,
                        "eyJ0eXAiOiJkYnNjK2p3dCIsImFsZyI6IkVTMjU2IiwiandrIjp7Imt0eSI6IkVDIiwieCI6IkVfRllSc0JCakpCTWdabU9qQ1Bs"
                                + "UTZZRF80VW9YSjFDS0x5RThSbVktQ1EiLCJ5Ijoid2NPZG13YXFoX1hpMHhONEU5SDhDWDh5cTFuU2lrdkQwQ2otb0ZkYXBDcyIs"
                                + "ImNydiI6IlAtMjU2In19.eyJqdGkiOiJ2ZWN0b3ItcmVmcmVzaC1jaGFsbGVuZ2UtMSJ9.79usZW_rgGkNVvcKnoJn5PrRW5rNFs"
                                + "TtS3Jn46CvFMgD9byoUvPE-41MsBQiUKOJ22ZQgmyPKqeSEPjzklKKjw"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("registrations")
    void registrationsAreCheckedAsOthersDo(String name, Reason refusal, String challenge, String jwt) {
        assertThat(ProofTest.refusal(() -> {
            DeviceKey key = Proof.parse(jwt).checkRegistration(Proof.equalTo(challenge), null,
                    "https://server.example/dbsc/register"::equals).verify();
            if (key.algorithm() == DeviceKey.Algorithm.ES256) {
                assertThat(key.text()).isEqualTo(challenge.equals(TOOLKIT_CHALLENGE) ? TOOLKIT_KEY : KEY);
            }
        })).isEqualTo(refusal);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refreshes")
    void refreshesAreCheckedAsOthersDo(String name, Reason refusal, String challenge, String jwt) {
        DeviceKey key = DeviceKey.parse(challenge.equals(TOOLKIT_CHALLENGE) ? TOOLKIT_KEY : KEY);
        assertThat(ProofTest
                .refusal(() -> Proof.parse(jwt).checkRefresh(key, Proof.equalTo(challenge), audience -> false).verify()))
                .isEqualTo(refusal);
    }
}
