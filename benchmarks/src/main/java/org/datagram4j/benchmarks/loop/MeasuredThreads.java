package org.datagram4j.benchmarks.loop;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The system's ids of the measured threads, in the order in which they are given processors of their own. */
public final class MeasuredThreads {
    private static final Path SELF = Path.of("/proc/thread-self");
    private static final List<String> IDS = new ArrayList<>();

    private MeasuredThreads() {}

    /** Adds the calling thread. */
    public static synchronized void register() {
        try {
            IDS.add(Files.readSymbolicLink(SELF).getFileName().toString());
        } catch (IOException e) {
            // no such file on this system: nothing is pinned
        }
    }

    static synchronized void clear() {
        IDS.clear();
    }

    static synchronized String line() {
        return IDS.stream().collect(Collectors.joining(","));
    }
}
