package org.datagram4j.containers;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** Keeps what this JVM and the containers that it started print, which Pax Exam copies to its own streams. */
final class Output implements AutoCloseable {
    private static final long QUIET_MILLIS = 500;

    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private final PrintStream out = System.out;
    private final PrintStream err = System.err;

    private Output() {}

    /** Begins; until this is closed, what is printed is kept besides. */
    static Output keep() {
        Output output = new Output();
        System.setOut(output.copying(output.out));
        System.setErr(output.copying(output.err));
        return output;
    }

    /** Everything so far. */
    String text() {
        return kept.toString(StandardCharsets.UTF_8);
    }

    /** Waits until nothing comes any more: Pax Exam looks ten times a second whether there is something to copy. */
    void settle() throws InterruptedException {
        int before;
        do {
            before = kept.size();
            Thread.sleep(QUIET_MILLIS);
        } while (kept.size() > before);
    }

    @Override
    public void close() {
        System.setOut(out);
        System.setErr(err);
    }

    private PrintStream copying(PrintStream stream) {
        OutputStream both = new OutputStream() {
            @Override
            public void write(int octet) {
                kept.write(octet);
                stream.write(octet);
            }

            @Override
            public void write(byte[] octets, int offset, int length) {
                kept.write(octets, offset, length);
                stream.write(octets, offset, length);
            }

            @Override
            public void flush() throws IOException {
                stream.flush();
            }
        };
        return new PrintStream(both, true, StandardCharsets.UTF_8);
    }
}
