package org.datagram4j.benchmarks.loop.blocking;

import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import org.datagram4j.benchmarks.loop.Skip;

/** Virtual threads, on a Java that has them; this code is compiled for one that has none. */
final class VirtualThreads {
    private VirtualThreads() {}

    static Executor newExecutor() throws ReflectiveOperationException {
        try {
            return (Executor)
                    Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
        } catch (NoSuchMethodException e) {
            throw new Skip("this Java has no virtual threads");
        }
    }
}
