package io.quarkiverse.imsession.it.browser;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.openqa.selenium.WebDriverException;

import io.quarkiverse.imsession.it.keycloak.Landscape;

/** The code flow in a real browser, with the pages of a real Keycloak. */
class KeycloakInBrowserIT extends BrowserTest {

    @Test
    void userLogsInAndTheBrowserHoldsOneCookieThatNoScriptReads() {
        browser.open(Landscape.shop() + "/cart?add=7");
        logIn();
        assertThat(browser.url()).isEqualTo(Landscape.shop() + "/orders");
        assertThat(browser.run("return document.cookie")).isEqualTo("");
        assertThat(browser.cookie(COOKIE)).isNotNull();
        for (String name : new String[] { "q_session", "q_session_at", "q_session_rt", "q_session_chunk_1" }) {
            assertThat(browser.cookies(name)).as(name).isEmpty();
        }
        assertThat(browser.open(Landscape.shop() + "/cart").text()).isEqualTo("Cart: 7");
    }

    @Test
    void administratorLogsTheUserOut() {
        logIn();
        Landscape.endSessionsOf("ada");
        assertThat(browser.open(Landscape.shop() + "/").text()).isEqualTo("nobody");
        browser.open(Landscape.shop() + "/orders");
        awaitForm();
    }

    @Test
    void userLogsOutAndIsAskedForThePasswordNextTime() {
        logIn();
        browser.open(Landscape.shop() + "/logout");
        Browser.patiently().ignoreExceptionsInstanceOf(WebDriverException.class)
                .until(() -> browser.text().equals("nobody"));
        assertThat(browser.cookies(COOKIE)).isEmpty();
        browser.open(Landscape.shop() + "/orders");
        awaitForm();
    }

    private static void logIn() {
        browser.open(Landscape.shop() + "/orders");
        awaitForm();
        browser.run("document.getElementById('username').value = 'ada';"
                + "document.getElementById('password').value = 'lovelace';"
                + "document.getElementById('kc-form-login').submit()");
        Browser.patiently().ignoreExceptionsInstanceOf(WebDriverException.class)
                .until(() -> browser.text().equals("Orders of ada"));
    }

    private static void awaitForm() {
        Browser.patiently().ignoreExceptionsInstanceOf(WebDriverException.class)
                .until(() -> browser.run("return document.getElementById('kc-form-login') !== null").equals(true));
    }
}
