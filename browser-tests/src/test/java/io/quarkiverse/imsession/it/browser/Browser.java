package io.quarkiverse.imsession.it.browser;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;

import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.openqa.selenium.By;
import org.openqa.selenium.WebDriverException;
import org.openqa.selenium.WindowType;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.virtualauthenticator.VirtualAuthenticator;
import org.openqa.selenium.virtualauthenticator.VirtualAuthenticatorOptions;

/** A Chromium that finds all hosts of the domain {@code test} on this machine. */
final class Browser implements AutoCloseable {

    /** It says that it has no wrapper of the DevTools for this version, and none is used. Kept, as loggers are forgotten. */
    private static final Logger WRAPPERS = Logger.getLogger("org.openqa.selenium.devtools");

    static {
        WRAPPERS.setLevel(Level.SEVERE);
    }

    private final Path profile;
    private final ChromeDriverService service;
    private final ChromeDriver driver;
    private VirtualAuthenticator authenticator;

    private Browser(Path profile, String... more) {
        this.profile = profile;
        // With the path of the driver Selenium looks for none, and downloads none.
        service = new ChromeDriverService.Builder().usingDriverExecutable(Chromium.driver().orElseThrow().toFile())
                .usingAnyFreePort().build();
        service.sendOutputTo(OutputStream.nullOutputStream());
        ChromeOptions options = new ChromeOptions();
        options.setBinary(Chromium.binary().orElseThrow().toFile());
        options.addArguments("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-dev-shm-usage",
                "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
                "--password-store=basic", "--user-data-dir=" + profile, "--host-resolver-rules=MAP *.test 127.0.0.1");
        options.addArguments(more);
        driver = new ChromeDriver(service, options);
    }

    /** A new visitor. */
    static Browser start() {
        try {
            return start(Files.createTempDirectory("browser"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The visitor of a directory, with all that was on disk when the browser ended. */
    static Browser start(Path profile) {
        return new Browser(profile, "--ignore-certificate-errors");
    }

    /**
     * A new visitor, whose browser binds sessions to its device, with a key in memory and as often as it is asked to. For that
     * it has to trust the certificate: it binds none to a site with an error of the certificate, even if it ignores the error.
     *
     * @param publicKeyHash of the certificate
     */
    static Browser startBinding(String publicKeyHash) {
        try {
            return new Browser(Files.createTempDirectory("browser"),
                    "--ignore-certificate-errors-spki-list=" + publicKeyHash,
                    "--enable-features=DeviceBoundSessions:RefreshQuota/false,"
                            + "EnableBoundSessionCredentialsSoftwareKeysForManualTesting");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As long as a browser may take on a busy machine. */
    static ConditionFactory patiently() {
        return Awaitility.await().atMost(Duration.ofMinutes(1));
    }

    Browser open(String url) {
        driver.get(url);
        return this;
    }

    String url() {
        return driver.getCurrentUrl();
    }

    String title() {
        return driver.getTitle();
    }

    /** What the page shows. */
    String text() {
        return driver.findElement(By.tagName("body")).getText();
    }

    String text(String id) {
        return driver.findElement(By.id(id)).getText();
    }

    void awaitText(String id, String text) {
        patiently().ignoreExceptionsInstanceOf(WebDriverException.class).until(() -> text(id).equals(text));
    }

    /** Enters a text into the field of a form and submits it. */
    void submit(String form, String text) {
        driver.findElement(By.cssSelector("#" + form + " input")).sendKeys(text);
        submit(form);
    }

    void submit(String form) {
        driver.findElement(By.cssSelector("#" + form + " button")).click();
    }

    /** Presses keys, at what has the focus. */
    void press(CharSequence... keys) {
        new Actions(driver).sendKeys(keys).perform();
    }

    /** Sends a command to the DevTools of the page. */
    Map<String, Object> command(String name, Map<String, Object> parameters) {
        return driver.executeCdpCommand(name, parameters);
    }

    /** What the browser has complained of since this was asked for the last time. */
    List<String> complaints() {
        return driver.manage().logs().get(LogType.BROWSER).getAll().stream().map(LogEntry::getMessage).toList();
    }

    /** Runs a script in the page. */
    Object run(String script, Object... arguments) {
        return driver.executeScript(script, arguments);
    }

    /** Runs a script in the page that calls its last argument when it is done. */
    Object await(String script, Object... arguments) {
        return driver.executeAsyncScript(script, arguments);
    }

    /** The value of the only cookie of a name that the browser has, of whatever host and path; null if it has none. */
    String cookie(String name) {
        List<String> values = cookies(name);
        if (values.size() > 1) {
            throw new AssertionError(values.size() + " cookies " + name);
        }
        return values.isEmpty() ? null : values.get(0);
    }

    /** The values of all cookies of a name that the browser has, of all hosts and paths. */
    List<String> cookies(String name) {
        List<?> all = (List<?>) driver.executeCdpCommand("Storage.getCookies", Map.of()).get("cookies");
        return all.stream().map(cookie -> (Map<?, ?>) cookie).filter(cookie -> cookie.get("name").equals(name))
                .map(cookie -> (String) cookie.get("value")).toList();
    }

    void forgetCookies() {
        driver.executeCdpCommand("Network.clearBrowserCookies", Map.of());
    }

    /** Gives the visitor a new device that keeps passkeys, up to three. The visitor confirms each use of them. */
    void replaceAuthenticator() {
        if (authenticator != null) {
            driver.removeVirtualAuthenticator(authenticator);
        }
        authenticator = driver.addVirtualAuthenticator(new VirtualAuthenticatorOptions()
                .setProtocol(VirtualAuthenticatorOptions.Protocol.CTAP2)
                .setTransport(VirtualAuthenticatorOptions.Transport.INTERNAL).setHasResidentKey(true)
                .setHasUserVerification(true).setIsUserVerified(true));
    }

    String tab() {
        return driver.getWindowHandle();
    }

    void newTab() {
        driver.switchTo().newWindow(WindowType.TAB);
    }

    void switchTo(String tab) {
        driver.switchTo().window(tab);
    }

    /** Ends it as the system does when there is no memory left: it can write nothing any more. */
    void kill() {
        List<ProcessHandle> processes = ProcessHandle.current().descendants().filter(this::isOurs).toList();
        if (processes.isEmpty()) {
            throw new IllegalStateException("The process of the browser was not found");
        }
        processes.forEach(ProcessHandle::destroyForcibly);
        // One that its parent has not buried yet is alive to Java, but has no arguments any more.
        patiently().until(() -> processes.stream().noneMatch(this::isOurs));
        service.stop();
    }

    private boolean isOurs(ProcessHandle process) {
        Optional<String[]> arguments = process.info().arguments();
        return arguments.isPresent() && Stream.of(arguments.get()).anyMatch(("--user-data-dir=" + profile)::equals);
    }

    @Override
    public void close() {
        driver.quit();
        service.stop();
    }

    /** Gives it a copy of the cookies that another browser has, as malware does. */
    void takeCookies(Browser other, String url) {
        List<?> all = (List<?>) other.driver.executeCdpCommand("Storage.getCookies", Map.of()).get("cookies");
        for (Object cookie : all) {
            Map<?, ?> stolen = (Map<?, ?>) cookie;
            driver.executeCdpCommand("Network.setCookie", Map.of("name", stolen.get("name"), "value", stolen.get("value"),
                    "url", url, "path", "/", "secure", true, "httpOnly", true));
        }
    }
}
