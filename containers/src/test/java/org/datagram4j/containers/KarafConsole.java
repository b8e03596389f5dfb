package org.datagram4j.containers;

import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A Karaf with its console on pipes: commands are typed, and what they print is read. */
final class KarafConsole implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final Duration PAUSE = Duration.ofMillis(100);
    private static final Pattern COLOURS = Pattern.compile("\u001b\\[[0-9;?]*[a-zA-Z]");
    private static final String UNKNOWN = "Command not found";

    private final Path printed;
    private final Process process;
    private final Writer keyboard;
    private int commands;

    private KarafConsole(ProcessBuilder karaf, Path printed) throws IOException {
        this.printed = printed;
        karaf.redirectErrorStream(true).redirectOutput(printed.toFile());
        karaf.environment().put("TERM", "dumb");
        process = karaf.start();
        keyboard = process.outputWriter(StandardCharsets.UTF_8);
    }

    /** Starts a Karaf, and waits until it knows the commands for features, with which it is up. */
    static KarafConsole start(ProcessBuilder karaf, Path printed) throws Exception {
        KarafConsole console = new KarafConsole(karaf, printed);
        try {
            console.type("feature:info framework");
            return console;
        } catch (Exception | AssertionError e) {
            console.close();
            throw e;
        }
    }

    /** Types a command, and gives what it printed. Commands come with their bundles: it waits for one that is unknown. */
    String type(String command) throws Exception {
        long end = System.nanoTime() + PATIENCE.toNanos();
        String said = typeOnce(command);
        while (said.contains(UNKNOWN)) {
            if (System.nanoTime() > end) {
                throw new AssertionError("'" + command + "' is unknown after " + PATIENCE + ":\n" + screen());
            }
            Thread.sleep(PAUSE.toMillis());
            said = typeOnce(command);
        }
        return said;
    }

    private String typeOnce(String command) throws Exception {
        // The console shows what is typed, and the quotes keep that apart from what is printed.
        String begin = "begin-" + commands;
        String end = "end-" + commands++;
        int before = screen().length();
        keyboard.write("echo \"\"" + begin + "\n" + command + "\necho \"\"" + end + "\n");
        keyboard.flush();
        Pattern between = Pattern.compile("(?s)(?m)^" + begin + "$(.*)^" + end + "$");
        long patience = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            boolean ended = !process.isAlive();
            String now = screen();
            Matcher matcher = between.matcher(now);
            if (matcher.find(Math.min(before, now.length()))) {
                return matcher.group(1);
            }
            if (ended || System.nanoTime() > patience) {
                throw new AssertionError((ended ? "Karaf ended after '" : "no end of '") + command + "':\n" + now);
            }
            Thread.sleep(PAUSE.toMillis());
        }
    }

    /** Types the command that ends Karaf, and waits. What is left is ended, and told. */
    void shutDown() throws Exception {
        List<ProcessHandle> started = Stream.concat(Stream.of(process.toHandle()), process.descendants())
                .toList();
        keyboard.write("system:shutdown -f\n");
        keyboard.flush();
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            throw new AssertionError("Karaf did not end:\n" + screen());
        }
        for (ProcessHandle each : started) {
            each.onExit().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        }
    }

    /** Everything on the screen, without colours. */
    private String screen() throws IOException {
        return COLOURS.matcher(Files.readString(printed)).replaceAll("").replace("\r", "\n");
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }
}
