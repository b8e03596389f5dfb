package org.datagram4j.sys;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.abort;

import com.sun.jna.Function;
import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A network of its own: a thread that left the network namespace of this process. The sockets it opens and the commands
 * it runs are in there. The namespace goes when the thread has ended and its sockets are closed, however the test ends.
 *
 * <p>Without the right to make one, or without iproute2, the test is aborted with the reason.
 */
final class Namespace implements AutoCloseable {
    private static final int CLONE_NEWNET = 0x40000000;
    private static final long PATIENCE_SECONDS = 40;

    private final ExecutorService thread = Executors.newSingleThreadExecutor(body -> {
        Thread made = new Thread(body, "network namespace");
        made.setDaemon(true);
        return made;
    });
    private final Path path;

    private Namespace() throws Exception {
        path = call(() -> {
            leave();
            run("ip link set lo up");
            return Path.of("/proc").resolve(Files.readSymbolicLink(Path.of("/proc/thread-self")));
        });
    }

    static Namespace open() throws Exception {
        return new Namespace();
    }

    private static void leave() {
        Function unshare = NativeLibrary.getProcess().getFunction("unshare");
        if (unshare.invokeInt(new Object[] {CLONE_NEWNET}) != 0) {
            abort("no network namespace can be made here: unshare(CLONE_NEWNET) says errno " + Native.getLastError());
        }
    }

    /** Where the commands find this namespace. */
    String path() {
        return path.resolve("ns/net").toString();
    }

    /** Runs commands in here, one per line. */
    void set(String commands) throws Exception {
        call(() -> {
            for (String command : commands.split("\n")) {
                run(command);
            }
            return null;
        });
    }

    /** Waits until interfaces carry what is sent: before that it is dropped. */
    void awaitUp(String... names) throws Exception {
        call(() -> {
            long end = System.nanoTime() + Lab.PATIENCE.toNanos();
            for (String name : names) {
                String state;
                while (!(state = run("ip -o link show dev " + name)).contains("state UP") || state.contains("noop")) {
                    assertTrue(System.nanoTime() < end, state);
                }
            }
            return null;
        });
    }

    private static String run(String command) throws Exception {
        Process process;
        try {
            process = new ProcessBuilder(command.strip().split(" +"))
                    .redirectErrorStream(true)
                    .start();
        } catch (IOException e) {
            return abort("this needs iproute2: " + e.getMessage());
        }
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            abort("this system cannot do '" + command.strip() + "': " + said.strip());
        }
        return said;
    }

    /** Runs something in here, and hands on how it ends. */
    <T> T call(Callable<T> body) throws Exception {
        try {
            return thread.submit(body).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Exception exception) {
                throw exception;
            }
            throw (Error) e.getCause();
        } catch (TimeoutException e) {
            throw new AssertionError("what runs in the namespace hangs", e);
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
