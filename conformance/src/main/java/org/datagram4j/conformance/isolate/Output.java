package org.datagram4j.conformance.isolate;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** Passes on what a process prints, up to a bound, and reads the rest to nowhere, so that the process is not held up. */
final class Output {
    /** How much is passed on. */
    static final int SHOWN_BYTES = 1 << 16;

    private static final String CRASH = "A fatal error has been detected by the Java Runtime Environment";

    private final Thread thread;
    private final PrintStream to;
    private volatile long bytes;
    private volatile boolean crash;

    private Output(InputStream from, PrintStream to, long already) {
        this.to = to;
        this.bytes = already;
        thread = new Thread(() -> pump(from), "output of the judging JVM");
        thread.setDaemon(true);
        thread.start();
    }

    /**
     * Begins to read.
     *
     * @param from what the process prints
     * @param to where the beginning of it goes
     * @param already how much went there before
     */
    static Output of(InputStream from, PrintStream to, long already) {
        return new Output(from, to, already);
    }

    private void pump(InputStream from) {
        byte[] chunk = new byte[8_192];
        try (from) {
            for (int count = from.read(chunk); count >= 0; count = from.read(chunk)) {
                int shown = (int) Math.min(count, SHOWN_BYTES - bytes);
                if (shown > 0) {
                    to.write(chunk, 0, shown);
                    to.flush();
                }
                bytes += count;
                crash |= new String(chunk, 0, count, StandardCharsets.ISO_8859_1).contains(CRASH);
            }
        } catch (IOException e) {
            return; // it was closed, because the process is ended
        }
    }

    /** Whether the JVM said that it crashed, which its exit code does not always tell. */
    boolean crash() {
        return crash;
    }

    /** How much there was so far. */
    long bytes() {
        return bytes;
    }

    /** Waits for the end, though not for ever: a process that the judging JVM left behind may keep it open. */
    void join(long millis) throws InterruptedException {
        thread.join(millis);
    }
}
