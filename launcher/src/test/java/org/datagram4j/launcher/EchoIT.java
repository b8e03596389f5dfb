package org.datagram4j.launcher;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The echo server as a process, spoken to by the JDK's own sockets. */
class EchoIT {
    private static final int PATIENCE_MILLIS = 10_000;
    private static final Pattern LISTENING = Pattern.compile("Echoing on \\[?(.*?)]?:(\\d+) with .*");

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1:0", "[::1]:0"})
    void answersWhatItGets(String address) throws Exception {
        try (Echo echo = new Echo("--bind", address);
                DatagramSocket socket = socket(echo)) {
            for (int length : new int[] {1, 0, 1_400, 60_000, 0}) {
                byte[] payload =
                        "datagram".repeat(length / 8 + 1).substring(0, length).getBytes();
                socket.send(new DatagramPacket(payload, length, echo.address));
                assertArrayEquals(payload, answer(socket));
            }
            echo.process.toHandle().destroy(); // Process.destroy() would close the stream that it still prints to
            assertEquals(0, Launched.ended(echo.process));
            String rest = echo.rest();
            assertTrue(rest.endsWith("In all: 5 datagrams, 61401 bytes, 0 truncated, 0 errors\n"), rest);
        }
    }

    @Test
    void tellsEverySecondWhatItDid() throws Exception {
        try (Echo echo = new Echo("--bind", "127.0.0.1:0", "--buffer", "3");
                DatagramSocket socket = socket(echo)) {
            socket.send(new DatagramPacket("datagram".getBytes(), 8, echo.address));

            assertArrayEquals("dat".getBytes(), answer(socket));
            assertEquals("1 datagrams, 3 bytes, 1 truncated, 0 errors", echo.line());
        }
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void endsWellOnInterrupt() throws Exception {
        assumeFalse(interruptsAreIgnored(), "this JVM was started with SIGINT ignored, and its children inherit that");
        try (Echo echo = new Echo("--bind", "127.0.0.1:0")) {
            new ProcessBuilder("kill", "-INT", String.valueOf(echo.process.pid()))
                    .start()
                    .waitFor();

            assertEquals(0, Launched.ended(echo.process));
            assertEquals("In all: 0 datagrams, 0 bytes, 0 truncated, 0 errors\n", echo.rest());
        }
    }

    @Test
    void aBusyPortIsSaidInOneLine() throws Exception {
        try (DatagramSocket busy = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            Launched launched = Launched.main("echo", "--bind", "127.0.0.1:" + busy.getLocalPort());

            assertEquals(3, launched.exitCode(), launched::toString);
            assertEquals(1, launched.errLines().size(), launched::toString);
            assertTrue(
                    launched.err().contains("127.0.0.1:" + busy.getLocalPort() + ": address in use"),
                    launched::toString);
        }
    }

    private static DatagramSocket socket(Echo echo) throws IOException {
        DatagramSocket socket = new DatagramSocket(new InetSocketAddress(echo.address.getAddress(), 0));
        socket.setSoTimeout(PATIENCE_MILLIS);
        return socket;
    }

    private static byte[] answer(DatagramSocket socket) throws IOException {
        DatagramPacket packet = new DatagramPacket(new byte[65_535], 65_535);
        socket.receive(packet);
        return Arrays.copyOf(packet.getData(), packet.getLength());
    }

    private static boolean interruptsAreIgnored() throws IOException {
        Path status = Path.of("/proc/self/status");
        if (!Files.exists(status)) {
            return false;
        }
        String mask = Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("SigIgn:"))
                .map(line -> line.substring("SigIgn:".length()).strip())
                .findFirst()
                .orElse("0");
        return (Long.parseUnsignedLong(mask, 16) & 0b10) != 0; // SIGINT is 2, the second bit
    }

    /** An echo server that listens. */
    private static final class Echo implements AutoCloseable {
        final Process process;
        final InetSocketAddress address;
        private final BufferedReader out;

        Echo(String... options) throws Exception {
            String[] words = new String[options.length + 1];
            words[0] = "echo";
            System.arraycopy(options, 0, words, 1, options.length);
            process = new ProcessBuilder(Launched.command(List.of(), words))
                    .redirectErrorStream(true)
                    .start();
            out = process.inputReader();
            String line = line();
            Matcher matcher = LISTENING.matcher(line);
            assertTrue(matcher.matches(), line);
            address = new InetSocketAddress(matcher.group(1), Integer.parseInt(matcher.group(2)));
        }

        /** The next line it prints. */
        String line() throws Exception {
            return CompletableFuture.supplyAsync(() -> {
                        try {
                            return out.readLine();
                        } catch (IOException e) {
                            return "cannot be read: " + e;
                        }
                    })
                    .get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
        }

        /** All it printed after what was read, once it has ended. */
        String rest() throws IOException {
            StringBuilder text = new StringBuilder();
            out.lines().forEach(line -> text.append(line).append('\n'));
            return text.toString();
        }

        @Override
        public void close() {
            process.destroyForcibly();
        }
    }
}
