package org.datagram4j.usage.browser;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.logging.Level;
import java.util.stream.Stream;
import org.openqa.selenium.By;
import org.openqa.selenium.WebDriverException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/**
 * Debian's Chromium without a window. What it writes is in a directory of its own, which goes away with it, and so does
 * every process that it started.
 */
final class Browser implements AutoCloseable {
    private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
    private static final Path DRIVER = Path.of("/usr/bin/chromedriver");
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final Path home;
    private final ChromeDriverService service;
    private ChromeDriver driver;

    private Browser(Path home) {
        this.home = home;
        this.service = new ChromeDriverService.Builder()
                .usingDriverExecutable(DRIVER.toFile())
                .usingAnyFreePort()
                .withEnvironment(Map.of("HOME", home.toString(), "TMPDIR", home.toString()))
                .withLogFile(home.resolve("chromedriver.log").toFile())
                .build();
    }

    static Browser start() throws IOException {
        Browser browser = new Browser(Files.createTempDirectory("datagram4j-browser"));
        try {
            browser.driver = new ChromeDriver(browser.service, browser.options());
            return browser;
        } catch (RuntimeException | Error e) {
            try {
                browser.close();
            } catch (RuntimeException | IOException | AssertionError closing) {
                e.addSuppressed(closing);
            }
            throw e;
        }
    }

    private ChromeOptions options() {
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        logs.enable(LogType.PERFORMANCE, Level.ALL);
        ChromeOptions options = new ChromeOptions();
        options.setBinary(CHROMIUM.toFile());
        options.setCapability(ChromeOptions.LOGGING_PREFS, logs);
        options.addArguments(
                "--user-data-dir=" + home.resolve("profile"),
                "--headless=new",
                "--no-sandbox", // root has none, and the pages are our own
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--disable-quic",
                "--no-first-run",
                "--no-default-browser-check",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--disable-extensions",
                "--disable-breakpad",
                "--disable-crash-reporter");
        return options;
    }

    Path home() {
        return home;
    }

    /** Opens a page, and forgets what the former one logged. */
    void open(Path page) {
        driver.manage().logs().get(LogType.BROWSER);
        driver.manage().logs().get(LogType.PERFORMANCE);
        driver.get(page.toUri().toString());
    }

    /** What is on the console. */
    List<String> console() {
        return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
                .map(LogEntry::toString)
                .toList();
    }

    /** What was asked for, the page itself included. */
    List<String> requests() {
        return driver.manage().logs().get(LogType.PERFORMANCE).getAll().stream()
                .map(entry -> JsonParser.parseString(entry.getMessage())
                        .getAsJsonObject()
                        .getAsJsonObject("message"))
                .filter(message ->
                        message.get("method").getAsString().matches("Network\\.(requestWillBeSent|webSocketCreated)"))
                .map(message -> url(message.getAsJsonObject("params")))
                .toList();
    }

    private static String url(JsonObject params) {
        JsonObject of = params.has("request") ? params.getAsJsonObject("request") : params;
        return of.get("url").getAsString();
    }

    /** Runs a script in the page. */
    Object run(String script, Object... arguments) {
        return driver.executeScript(script, arguments);
    }

    /** The texts that a script returns. */
    List<String> texts(String script, Object... arguments) {
        return ((List<?>) run(script, arguments)).stream().map(String::valueOf).toList();
    }

    boolean is(String script, Object... arguments) {
        return (Boolean) run(script, arguments);
    }

    /** A command of the Chrome DevTools Protocol. */
    Map<String, Object> command(String name, Map<String, Object> parameters) {
        return driver.executeCdpCommand(name, parameters);
    }

    void width(int pixels) {
        command(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", pixels, "height", 800, "deviceScaleFactor", 1, "mobile", false));
    }

    void scheme(String lightOrDark) {
        command(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", lightOrDark))));
    }

    WebElement find(String selector) {
        return driver.findElement(By.cssSelector(selector));
    }

    List<WebElement> findAll(String selector) {
        return driver.findElements(By.cssSelector(selector));
    }

    /** Types what has the focus. */
    void type(CharSequence... keys) {
        new Actions(driver).sendKeys(keys).perform();
    }

    /** Waits for what the page does by itself after an event. */
    void await(String what, BooleanSupplier condition) {
        long limit = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - limit > 0) {
                throw new AssertionError("not within " + PATIENCE + ": " + what);
            }
            run("return 0"); // lets the page's events through
        }
    }

    @Override
    public void close() throws IOException {
        List<ProcessHandle> processes = processes();
        try {
            if (driver != null) {
                driver.quit();
            }
        } catch (WebDriverException e) {
            // it may be the failure that the test is about; what is left of it ends below
        } finally {
            service.stop();
            end(Stream.concat(processes.stream(), processes().stream()).toList());
            delete(home);
        }
    }

    /** The processes that name our directory, and those below them. */
    List<ProcessHandle> processes() {
        Stream<ProcessHandle> ours = ProcessHandle.allProcesses()
                .filter(process -> process.info().commandLine().orElse("").contains(home.toString()));
        return ours.flatMap(process -> Stream.concat(Stream.of(process), process.descendants()))
                .distinct()
                .toList();
    }

    private static void end(List<ProcessHandle> processes) {
        for (ProcessHandle process : processes) {
            try {
                process.onExit().get(5, TimeUnit.SECONDS);
            } catch (TimeoutException e) {
                process.destroyForcibly();
                process.onExit()
                        .orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS)
                        .join();
            } catch (ExecutionException e) {
                throw new AssertionError("cannot see whether " + process + " has ended", e);
            } catch (InterruptedException e) {
                process.destroyForcibly();
                Thread.currentThread().interrupt();
            }
        }
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
