package org.datagram4j.usage;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An echo server of the examples, in a process of its own, that listens. */
final class EchoProcess implements AutoCloseable {
    private static final int PATIENCE_SECONDS = 120;
    private static final Pattern LISTENING = Pattern.compile("Echoing on port (\\d+) with backend (.+)");

    private final List<String> lines = new ArrayList<>();
    private final Path errors;
    private final Process process;
    private int port;
    private String backend;

    /** Starts it, and waits until it listens. */
    EchoProcess(ProcessBuilder builder) throws Exception {
        errors = Files.createTempFile("datagram4j-errors", ".txt");
        process = builder.redirectError(errors.toFile()).start();
        try {
            CompletableFuture.runAsync(this::awaitListening).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            String seen = builder.command() + "\n" + String.join("\n", lines) + "\n" + errors();
            close();
            throw new AssertionError("no echo server: " + seen, e);
        }
    }

    private void awaitListening() {
        BufferedReader out = process.inputReader();
        try {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                lines.add(line);
                Matcher matcher = LISTENING.matcher(line);
                if (matcher.matches()) {
                    port = Integer.parseInt(matcher.group(1));
                    backend = matcher.group(2);
                    return;
                }
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        throw new IllegalStateException("it ended before it listened");
    }

    /** What it printed until it listened, that line included. */
    List<String> lines() {
        return lines;
    }

    /** What it printed to the standard error. */
    String errors() throws IOException {
        return Files.readString(errors);
    }

    int port() {
        return port;
    }

    /** The name of the backend that serves. */
    String backend() {
        return backend;
    }

    /** Demands that it answers, seen by the JDK's own socket. */
    void assertAnswers() throws IOException {
        byte[] payload = "datagram".getBytes(StandardCharsets.US_ASCII);
        try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            socket.setSoTimeout((int) TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS));
            socket.send(new DatagramPacket(payload, payload.length, InetAddress.getLoopbackAddress(), port));
            DatagramPacket answer = new DatagramPacket(new byte[payload.length], payload.length);
            socket.receive(answer);
            assertArrayEquals(payload, answer.getData());
        }
    }

    @Override
    public void close() throws IOException {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        try {
            process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Files.deleteIfExists(errors);
    }
}
