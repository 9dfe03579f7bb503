package io.quarkiverse.imsession.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.imsession.test.Visitor;

/** Tokens of OpenID Connect, among them an ID token, are refreshed. */
@Tag("further")
class OneRefreshTest extends RefreshContract {

    @RegisterExtension
    static final TestApp APP = refreshing();

    @Test
    void userIsAskedToLogInAgainIfTheProviderAnswersWithTokensOfAnotherUser() {
        Visitor ada = withExpiredTokens();
        tell("refresh", "other");
        assertIsAskedToLogIn(ada);
    }

    @Test
    void userIsAskedToLogInAgainIfTheProviderAnswersWithoutAnIdToken() {
        Visitor ada = withExpiredTokens();
        tell("noIdToken", 1);
        assertThat(ada.get("/user").statusCode()).isEqualTo(302);
        tell("noIdToken", "");
        assertIsAskedToLogIn(ada);
    }
}
