package io.quarkiverse.imsession.runtime.devices;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.imsession.SessionId;

class DevicesRequestTest {

    private static final String ID = "AAAAAAAAAAAAAAAAAAAAAA";

    @Test
    void eachPathHasItsMethod() {
        assertThat(DevicesRequest.of("GET", "")).isEqualTo(new DevicesRequest.Show());
        assertThat(DevicesRequest.of("GET", "/")).isEqualTo(new DevicesRequest.Show());
        assertThat(DevicesRequest.of("HEAD", "")).isEqualTo(new DevicesRequest.Show());
        assertThat(DevicesRequest.of("GET", "/style.css")).isEqualTo(new DevicesRequest.Style());
        assertThat(DevicesRequest.of("POST", "/end-others")).isEqualTo(new DevicesRequest.EndOthers());
        DevicesRequest end = new DevicesRequest.End(Optional.of(new SessionId(ID)));
        assertThat(DevicesRequest.of("POST", "/" + ID + "/end")).isEqualTo(end);
        assertThat(DevicesRequest.of("DELETE", "/" + ID)).isEqualTo(end);
    }

    @ParameterizedTest
    @CsvSource({ "POST,''", "DELETE,''", "POST,/style.css", "GET,/end-others", "HEAD,/end-others", "GET,/" + ID + "/end",
            "DELETE,/" + ID + "/end", "GET,/" + ID, "POST,/" + ID, "get,''", "OPTIONS,''" })
    void otherMethodsChangeNothing(String method, String below) {
        assertThat(DevicesRequest.of(method, below)).isInstanceOf(DevicesRequest.OtherMethod.class);
    }

    @ParameterizedTest
    @ValueSource(strings = { "/a/b", "/a/b/end", "//end/end", "/" + ID + "/end/", "/" + ID + "/END", "/" + ID + "//end" })
    void otherPathsAreNothing(String below) {
        assertThat(DevicesRequest.of("POST", below)).isEqualTo(new DevicesRequest.Nothing());
    }

    @ParameterizedTest
    @ValueSource(strings = { "/x/end", "//end", "/%41AAAAAAAAAAAAAAAAAAAAA/end", "/" + ID + "A/end", "/style.css/end" })
    void whatIsNoIdNamesNoSession(String below) {
        assertThat(DevicesRequest.of("POST", below)).isEqualTo(new DevicesRequest.End(Optional.empty()));
    }
}
