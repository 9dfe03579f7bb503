package io.quarkiverse.imsession.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.imsession.test.Visitor;

class FormLimitRejectTest extends FormContract {

    @RegisterExtension
    static final TestApp APP = app().config("quarkus.imsession.references.principal.max-sessions", "1");

    @Test
    void logInTooManyIsRefusedAndLogsNobodyIn() {
        Visitor first = ada();
        Visitor second = visitor();
        HttpResponse<String> response = logIn(second, "ada", "lovelace");
        assertThat(response.statusCode()).isEqualTo(409);
        assertThat(second.cookies()).isEmpty();
        assertThat(first.get("/who").body()).startsWith("ada");
    }
}
