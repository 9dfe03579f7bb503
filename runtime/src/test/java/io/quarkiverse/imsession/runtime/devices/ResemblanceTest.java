package io.quarkiverse.imsession.runtime.devices;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.quarkiverse.imsession.SessionClient;

class ResemblanceTest {

    private static final Resemblance RECORDED = new Resemblance(true, true);

    private static final String FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";
    private static final String NEWER = "Mozilla/5.0 (X11; Linux x86_64; rv:141.0) Gecko/20100101 Firefox/141.0";
    private static final String IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15"
            + " (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1";

    @ParameterizedTest
    @CsvSource({ "192.0.2.1,192.0.2.254,true", "192.0.2.1,192.0.3.1,false", "::ffff:192.0.2.1,192.0.2.7,true",
            "2001:db8:1:2::3,2001:db8:1:ffff::4,true", "2001:db8:1::3,2001:db8:2::3,false", "2001:db8:1::3,192.0.2.1,false",
            "2001:DB8:1::3,2001:db8:0001::4,true", "unknown,unknown,true", "unknown,other,false", "1.2.3,1.2.3.4,false" })
    void networkOfTheAddressCounts(String one, String other, boolean same) {
        assertThat(RECORDED.resembles(client(FIREFOX, one), client(FIREFOX, other))).isEqualTo(same);
        assertThat(RECORDED.resembles(client(FIREFOX, other), client(FIREFOX, one))).isEqualTo(same);
    }

    @Test
    void familyAndSystemCountAndNoVersion() {
        assertThat(RECORDED.resembles(client(FIREFOX, null), client(NEWER, null))).isTrue();
        assertThat(RECORDED.resembles(client(FIREFOX, null), client(IPHONE, null))).isFalse();
        assertThat(RECORDED.resembles(client(FIREFOX, "192.0.2.1"), client(IPHONE, "192.0.2.1"))).isFalse();
        assertThat(RECORDED.resembles(client(FIREFOX, null),
                client(FIREFOX.replace("X11; Linux x86_64", "Windows NT 10.0"), null)))
                .isFalse();
    }

    @Test
    void whatIsNotRecordedSaysNothing() {
        assertThat(new Resemblance(false, true).resembles(client(null, "192.0.2.1"), client(FIREFOX, "192.0.2.1"))).isTrue();
        assertThat(new Resemblance(true, false).resembles(client(FIREFOX, null), client(FIREFOX, "192.0.2.1"))).isTrue();
        assertThat(RECORDED.resembles(client(FIREFOX, "192.0.2.1"), client(null, "192.0.2.1"))).isTrue();
        assertThat(RECORDED.resembles(client(FIREFOX, "192.0.2.1"), client(FIREFOX, null))).isTrue();
    }

    @Test
    void clientThatHidesWhatIsRecordedResemblesOnlyOthersThatDo() {
        assertThat(RECORDED.resembles(client(null, "192.0.2.1"), client(FIREFOX, "192.0.2.1"))).isFalse();
        assertThat(RECORDED.resembles(client(FIREFOX, null), client(FIREFOX, "192.0.2.1"))).isFalse();
        assertThat(RECORDED.resembles(client(null, null), client(null, null))).isTrue();
    }

    @Test
    void oneOtherThatResemblesIsEnough() {
        SessionClient client = client(FIREFOX, "192.0.2.1");
        assertThat(Notices.isKnown(client, List.of(), RECORDED)).isFalse();
        assertThat(Notices.isKnown(client, List.of(client(IPHONE, "192.0.2.1"), client(FIREFOX, "198.51.100.1")), RECORDED))
                .isFalse();
        assertThat(Notices.isKnown(client, List.of(client(IPHONE, "192.0.2.1"), client(NEWER, "192.0.2.9")), RECORDED))
                .isTrue();
    }

    private static SessionClient client(String agent, String address) {
        return new SessionClient(Optional.ofNullable(agent), Optional.ofNullable(address), Optional.empty());
    }
}
