package org.datagram4j.osgi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.osgi.framework.Bundle;
import org.osgi.framework.wiring.BundleWiring;

/**
 * Backends come and go while several threads poll: every call ends, everybody finds the next best, and nothing is left
 * behind.
 */
class HotSwapIT {
    private static final int WARMING_UP = 6;

    @Test
    void aThousandSwapsInFelix() throws Exception {
        swap(TestFramework.FELIX, Integer.getInteger("datagram4j.swaps", 1_000));
    }

    @Test
    void someSwapsInEquinox() throws Exception {
        swap(TestFramework.EQUINOX, 100);
    }

    /** Both backends go and come in turn, so that everybody moves to the other one, to none, and back. */
    private static void swap(String name, int swaps) throws Exception {
        assumeTrue(Files.isDirectory(Path.of("/proc/self/fd")), "descriptors are counted in /proc, which is Linux's");
        List<WeakReference<ClassLoader>> gone = new ArrayList<>();
        try (TestFramework framework = TestFramework.launch(name)) {
            framework.startBackends();
            for (int i = 0; i < WARMING_UP; i++) {
                replace(framework, "datagram4j-native", "org.datagram4j.sys", i, new ArrayList<>(), () -> {});
            }
            TreeMap<String, Integer> before = descriptors();
            long done;
            try (BackendTracker tracker = BackendTracker.open(framework.context());
                    Traffic traffic = new Traffic(4)) {
                tracker.listen(traffic::use);
                traffic.awaitAllOn("native");
                for (int i = 0; i < swaps / 2; i++) {
                    int turn = i;
                    replace(framework, "datagram4j-native", "org.datagram4j.sys", turn, gone, () -> {
                        traffic.awaitAllOn("nio");
                        replace(
                                framework,
                                "datagram4j-nio",
                                "org.datagram4j.nio",
                                turn,
                                gone,
                                () -> traffic.awaitAllOn(null));
                        traffic.awaitAllOn("nio");
                    });
                    traffic.awaitAllOn("native");
                }
                done = traffic.datagrams();
                assertTrue(traffic.closed() >= swaps, traffic.closed() + " times CLOSED");
            }
            assertTrue(done >= swaps, done + " datagrams");
            assertEquals(before, descriptors(), "sockets, epolls and eventfds");
            assertEquals(List.of(), threads());
            awaitCollected(gone);
        }
    }

    /** Ends a backend's bundle in one of three ways, lets the world go on without, and brings it back. */
    private static void replace(
            TestFramework framework,
            String artifact,
            String symbolicName,
            int turn,
            List<WeakReference<ClassLoader>> gone,
            Meanwhile meanwhile)
            throws Exception {
        Bundle bundle = framework.bundle(symbolicName);
        WeakReference<ClassLoader> loader =
                new WeakReference<>(bundle.adapt(BundleWiring.class).getClassLoader());
        bundle.stop();
        meanwhile.happens();
        switch (turn % 4) {
            case 0 -> {
                try (InputStream jar = Files.newInputStream(TestFramework.file(artifact))) {
                    bundle.update(jar);
                }
                framework.refresh(bundle);
                gone.add(loader);
                bundle.start();
            }
            case 1 -> {
                bundle.uninstall();
                framework.refresh(bundle);
                gone.add(loader);
                framework.start(artifact);
            }
            default -> bundle.start();
        }
    }

    @FunctionalInterface
    private interface Meanwhile {
        void happens() throws Exception;
    }

    /** What kinds of descriptors for input and output there are, and how many. */
    private static TreeMap<String, Integer> descriptors() throws IOException {
        TreeMap<String, Integer> kinds = new TreeMap<>();
        try (Stream<Path> all = Files.list(Path.of("/proc/self/fd"))) {
            for (Path descriptor : all.toList()) {
                String target;
                try {
                    target = Files.readSymbolicLink(descriptor).toString();
                } catch (IOException e) {
                    continue; // the one that lists
                }
                if (target.startsWith("socket:") || target.startsWith("anon_inode:") || target.startsWith("pipe:")) {
                    kinds.merge(target.replaceAll(":\\[\\d+]$", ""), 1, Integer::sum);
                }
            }
        }
        return kinds;
    }

    private static List<String> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("datagram4j"))
                .toList();
    }

    private static void awaitCollected(List<WeakReference<ClassLoader>> gone) throws InterruptedException {
        long end = System.nanoTime() + TestFramework.PATIENCE_SECONDS * 1_000_000_000L;
        while (gone.stream().anyMatch(loader -> loader.get() != null)) {
            assertTrue(
                    System.nanoTime() < end,
                    () -> gone.stream().filter(loader -> loader.get() != null).count() + " of " + gone.size()
                            + " class loaders are still there");
            System.gc();
            Thread.sleep(50); // the collector clears references on a thread of its own
        }
    }
}
