package org.datagram4j.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.felix.framework.FrameworkFactory;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.Filter;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.launch.Framework;
import org.osgi.util.tracker.ServiceTracker;

/**
 * Apache Felix inside this JVM, with its bundles started. The framework's cache is a directory of its own that is gone
 * afterwards, also if the user interrupts.
 *
 * <p>The bundles see none of this launcher's classes, nor it theirs: what passes between them are types of the JDK.
 */
final class FelixHost implements AutoCloseable {
    private static final String KIT_PROPERTY = "datagram4j.conformance";
    private static final Duration KIT_PATIENCE = Duration.ofSeconds(10);
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(10);

    private final Thread onInterrupt = new Thread(this::interrupted, "datagram4j-framework-cache");
    private final Map<String, String> refused = new LinkedHashMap<>();
    private volatile boolean interrupted;
    private Framework framework;
    private Path cache;

    private FelixHost() {}

    /**
     * Starts the framework and every bundle. A bundle that does not start is {@link #refused()} and does not keep
     * others from serving.
     *
     * @param bundles files to install
     * @throws UsageProblem if one is no bundle
     */
    static FelixHost start(List<Path> bundles) throws Exception {
        FelixHost host = new FelixHost();
        Runtime.getRuntime().addShutdownHook(host.onInterrupt);
        try {
            host.begin(bundles);
            if (host.interrupted) {
                Thread.currentThread().join(); // for ever: the JVM is ending
            }
            return host;
        } catch (IOException | BundleException | RuntimeException e) {
            host.close();
            throw e;
        }
    }

    /** What did not start: the bundle's name, and why. */
    Map<String, String> refused() {
        return refused;
    }

    /** The framework's name and version. */
    String description() {
        return "Apache Felix " + framework.getVersion();
    }

    /**
     * Which backends there are, and why which one is chosen, by the bundle that explains it.
     *
     * @return maps of JDK types
     * @throws IOException if that bundle did not start, saying why
     */
    @SuppressWarnings("unchecked") // what the bundle registers is documented, and generics are not seen across bundles
    List<Map<String, Object>> explain() throws IOException, InvalidSyntaxException, InterruptedException {
        return ((Supplier<List<Map<String, Object>>>) service(Supplier.class, "datagram4j.osgi", "explain")).get();
    }

    /**
     * Calls one of the services of the conformance kit, with and for maps of JDK types.
     *
     * @param name which
     * @param options what it takes
     * @return what it gives
     * @throws IOException if the service does not appear, saying why
     */
    @SuppressWarnings("unchecked") // as above
    Map<String, Object> kit(String name, Map<String, Object> options)
            throws IOException, InvalidSyntaxException, InterruptedException {
        return ((Function<Map<String, Object>, Map<String, Object>>) service(Function.class, KIT_PROPERTY, name))
                .apply(options);
    }

    private Object service(Class<?> type, String property, String value)
            throws IOException, InvalidSyntaxException, InterruptedException {
        BundleContext context = framework.getBundleContext();
        Filter filter = context.createFilter(
                "(&(" + Constants.OBJECTCLASS + "=" + type.getName() + ")(" + property + "=" + value + "))");
        ServiceTracker<Object, Object> tracker = new ServiceTracker<>(context, filter, null);
        tracker.open();
        Object service = tracker.waitForService(KIT_PATIENCE.toMillis());
        if (service == null) {
            throw new IOException("the service " + property + "=" + value + " did not start in the framework"
                    + (refused.isEmpty() ? "" : ": " + refused));
        }
        return service;
    }

    /** Stops the framework and removes its cache. */
    @Override
    public synchronized void close() {
        try {
            if (framework != null) {
                framework.stop();
                framework.waitForStop(STOP_PATIENCE.toMillis());
            }
        } catch (BundleException e) {
            System.err.println("datagram4j: the framework did not stop: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        removeCache();
        try {
            Runtime.getRuntime().removeShutdownHook(onInterrupt);
        } catch (IllegalStateException e) {
            // The JVM is on its way out, and the hook waits for us.
        }
    }

    // The framework is not stopped: rules that are running would seem to be broken, and be reported so. What it uses
    // are the files that it was given, not copies in the cache.
    private void interrupted() {
        interrupted = true;
        synchronized (this) {
            removeCache();
        }
    }

    // Holds the lock, so that the hook waits: what was made after it would stay behind.
    private synchronized void begin(List<Path> files) throws IOException, BundleException {
        if (interrupted) {
            return;
        }
        cache = Files.createTempDirectory("datagram4j-felix-");
        framework = new FrameworkFactory()
                .newFramework(Map.of(
                        Constants.FRAMEWORK_STORAGE,
                        cache.toString(),
                        // What fails to start is told by us, in our words; Felix would print it on standard output.
                        "felix.log.level",
                        "0"));
        framework.start();
        List<Bundle> installed = new ArrayList<>();
        for (Path file : files) {
            installed.add(install(file));
        }
        for (Bundle bundle : installed) {
            if (!interrupted) {
                start(bundle);
            }
        }
    }

    private Bundle install(Path file) throws BundleException {
        Bundle bundle = framework.getBundleContext().installBundle("reference:" + file.toUri());
        if (bundle.getSymbolicName() == null) {
            throw new UsageProblem(file + " is not an OSGi bundle: its manifest has no Bundle-SymbolicName");
        }
        return bundle;
    }

    private void start(Bundle bundle) {
        if (bundle.getHeaders().get(Constants.FRAGMENT_HOST) != null) {
            return;
        }
        try {
            bundle.start();
        } catch (BundleException e) {
            Throwable root = e;
            while (root.getCause() != null) {
                root = root.getCause();
            }
            refused.put(bundle.getSymbolicName(), root.getMessage() == null ? root.toString() : root.getMessage());
        }
    }

    private void removeCache() {
        if (cache == null) {
            return;
        }
        try (Stream<Path> files = Files.walk(cache)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            System.err.println("datagram4j: could not remove " + cache + ": " + e.getMessage());
        }
        cache = null;
    }
}
