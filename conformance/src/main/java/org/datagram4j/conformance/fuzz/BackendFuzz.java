package org.datagram4j.conformance.fuzz;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.datagram4j.UdpBackend;
import org.datagram4j.UdpException;

/**
 * Random calls with hostile arguments, from several threads that share sockets, polls, wakers and batches.
 *
 * <p>A failure is an exception that nothing documents, a buffer touched beyond its limits, a thread that does not end, or
 * a descriptor that is still open when everything is closed. Destinations are loopback addresses only.
 */
public final class BackendFuzz {
    /** The system property with the number of steps of each thread; more than the ordinary tests take. */
    public static final String STEPS_PROPERTY = "datagram4j.fuzz.steps";

    /** The system property with the seed. */
    public static final String SEED_PROPERTY = "datagram4j.fuzz.seed";

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final long PROD_MILLIS = 3;

    private final UdpBackend backend;
    private final UdpBackend foreign;
    private final long seed;
    private final int steps;
    private final int threads;

    /**
     * A run to come.
     *
     * @param backend what is tried
     * @param foreign another one, perhaps of the same class, whose objects do not belong to the first
     * @param seed what the threads' choices follow from; {@link #SEED_PROPERTY} goes before it
     * @param steps how many calls each thread makes; {@link #STEPS_PROPERTY} goes before it
     * @param threads how many threads
     */
    public BackendFuzz(UdpBackend backend, UdpBackend foreign, long seed, int steps, int threads) {
        this.backend = backend;
        this.foreign = foreign;
        this.seed = Long.getLong(SEED_PROPERTY, seed);
        this.steps = Integer.getInteger(STEPS_PROPERTY, steps);
        this.threads = threads;
    }

    /**
     * Runs.
     *
     * @return what was called how often and how it ended, for people
     * @throws IOException if the objects to play with cannot be made
     * @throws InterruptedException if this thread is interrupted
     * @throws AssertionError if something came of it that must not, with seed, thread, step and call
     */
    public String run() throws IOException, InterruptedException {
        try (Toys warmUp = new Toys(backend, foreign)) {
            warmUp.fill();
        }
        List<String> before = descriptors();
        List<Caller> callers = new ArrayList<>();
        try (Toys toys = new Toys(backend, foreign)) {
            toys.fill();
            for (int i = 0; i < threads; i++) {
                callers.add(new Caller(toys, seed, i, steps));
            }
            callers.forEach(Thread::start);
            prodUntilDone(callers);
        }
        for (Caller caller : callers) {
            if (caller.failure() != null) {
                throw new AssertionError(caller.story(), caller.failure());
            }
        }
        expectNoLeak(before);
        return summary(callers);
    }

    /** Ends waits that would last, each time by another means, until all threads have ended. */
    private void prodUntilDone(List<Caller> callers) throws InterruptedException {
        long progress = -1;
        long since = System.nanoTime();
        int round = 0;
        while (callers.stream().anyMatch(Thread::isAlive)) {
            for (Caller caller : callers) {
                caller.prod(round++);
            }
            callers.get(round % callers.size()).join(PROD_MILLIS);
            long now = callers.stream().mapToLong(Caller::steps).sum();
            if (now != progress) {
                progress = now;
                since = System.nanoTime();
            } else if (System.nanoTime() - since > PATIENCE.toNanos()) {
                throw new AssertionError(hang(callers));
            }
            if (callers.stream().anyMatch(caller -> caller.failure() != null)) {
                callers.forEach(Caller::giveUp);
            }
        }
    }

    private String hang(List<Caller> callers) {
        StringBuilder text = new StringBuilder("threads hang for " + PATIENCE.toSeconds() + " s");
        for (Caller caller : callers) {
            if (caller.isAlive()) {
                text.append("\n").append(caller.story());
                for (StackTraceElement frame : caller.getStackTrace()) {
                    text.append("\n    at ").append(frame);
                }
            }
        }
        return text.toString();
    }

    private void expectNoLeak(List<String> before) throws IOException, InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        List<String> left;
        do {
            left = descriptors();
            if (left.size() <= before.size()) {
                return;
            }
            Thread.sleep(PROD_MILLIS);
        } while (System.nanoTime() < end);
        left.removeAll(before);
        throw new AssertionError("seed " + seed + ": descriptors are open though all is closed: " + left);
    }

    /** The open sockets and what waits for them; nothing where the system does not tell. */
    private static List<String> descriptors() throws IOException {
        List<String> open = new ArrayList<>();
        Path directory = Path.of("/proc/self/fd");
        if (!Files.isDirectory(directory)) {
            return open;
        }
        try (DirectoryStream<Path> links = Files.newDirectoryStream(directory)) {
            for (Path link : links) {
                String target;
                try {
                    target = Files.readSymbolicLink(link).toString();
                } catch (IOException e) {
                    continue; // closed since, such as the directory itself
                }
                if (target.startsWith("socket:") || target.startsWith("anon_inode:") || target.startsWith("pipe:")) {
                    open.add(link.getFileName() + " " + target);
                }
            }
        }
        return open;
    }

    private String summary(List<Caller> callers) {
        TreeMap<String, Integer> counts = new TreeMap<>();
        for (Caller caller : callers) {
            caller.counts().forEach((what, count) -> counts.merge(what, count, Integer::sum));
        }
        return "seed " + seed + ", " + threads + " threads, " + steps + " steps each: " + counts;
    }

    /** How an exception is named in a summary. */
    static String nameOf(Throwable e) {
        return e instanceof UdpException known
                ? known.kind().name()
                : e.getClass().getSimpleName();
    }
}
