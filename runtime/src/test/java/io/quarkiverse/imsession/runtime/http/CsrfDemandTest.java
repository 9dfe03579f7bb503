package io.quarkiverse.imsession.runtime.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.imsession.runtime.config.CsrfConfig.CsrfMode;

class CsrfDemandTest {

    @ParameterizedTest
    @ValueSource(strings = { "GET", "HEAD", "OPTIONS", "TRACE" })
    void safeMethodsProveNothing(String method) {
        for (CsrfMode mode : CsrfMode.values()) {
            assertThat(CsrfDemand.of(mode, method, false, true).isNothing()).isTrue();
            assertThat(CsrfDemand.of(mode, method, false, false).isNothing()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = { "POST", "PUT", "PATCH", "DELETE", "CONNECT", "PROPFIND", "get", "Get", "X", "" })
    void allOtherMethodsProveWhatTheModeAsksFor(String method) {
        assertThat(CsrfDemand.of(CsrfMode.ORIGIN, method, false, true)).isEqualTo(new CsrfDemand(true, false));
        assertThat(CsrfDemand.of(CsrfMode.TOKEN, method, false, true)).isEqualTo(new CsrfDemand(false, true));
        assertThat(CsrfDemand.of(CsrfMode.BOTH, method, false, true)).isEqualTo(new CsrfDemand(true, true));
    }

    @ParameterizedTest
    @EnumSource
    void withoutASessionTheOriginIsAskedForInAnyMode(CsrfMode mode) {
        assertThat(CsrfDemand.of(mode, "POST", false, false)).isEqualTo(new CsrfDemand(true, false));
        assertThat(CsrfDemand.of(mode, "POST", true, false)).isEqualTo(new CsrfDemand(true, false));
    }

    @ParameterizedTest
    @CsvSource({ "ORIGIN, true", "TOKEN, false", "BOTH, true" })
    void webSocketHandshakesProveTheirOriginOnly(CsrfMode mode, boolean origin) {
        assertThat(CsrfDemand.of(mode, "GET", true, true)).isEqualTo(new CsrfDemand(origin, false));
        assertThat(CsrfDemand.of(mode, "GET", true, false)).isEqualTo(new CsrfDemand(origin, false));
    }

    @ParameterizedTest
    @EnumSource
    void headerOfAWebSocketSparesNoUnsafeMethodItsProof(CsrfMode mode) {
        assertThat(CsrfDemand.of(mode, "POST", true, true)).isEqualTo(CsrfDemand.of(mode, "POST", false, true));
    }
}
