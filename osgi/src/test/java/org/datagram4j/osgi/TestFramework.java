package org.datagram4j.osgi;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.launch.FrameworkFactory;
import org.osgi.framework.wiring.FrameworkWiring;

/**
 * A framework inside this JVM. It shares the api with the test, by exporting it from the system bundle; backends are
 * bundles with class loaders of their own, as they are everywhere.
 */
final class TestFramework implements AutoCloseable {
    static final String FELIX = "org.apache.felix.framework";
    static final String EQUINOX = "org.eclipse.osgi";
    static final int PATIENCE_SECONDS = 60;

    private final Framework framework;
    private final Path storage;

    private TestFramework(Framework framework, Path storage) {
        this.framework = framework;
        this.storage = storage;
    }

    static TestFramework launch(String name, String... properties) throws Exception {
        Path jar = Path.of(System.getProperty("datagram4j.frameworks"), name + ".jar");
        assertTrue(Files.exists(jar), jar.toString());
        // Never closed: classes are loaded from it to the end.
        URLClassLoader loader =
                new URLClassLoader(new URL[] {jar.toUri().toURL()}, TestFramework.class.getClassLoader());
        FrameworkFactory factory =
                ServiceLoader.load(FrameworkFactory.class, loader).iterator().next();
        assertTrue(factory.getClass().getName().startsWith(name.substring(0, name.lastIndexOf('.'))), name);
        Path storage = Files.createTempDirectory("datagram4j-framework-");
        Map<String, String> configuration = new HashMap<>();
        configuration.put(Constants.FRAMEWORK_STORAGE, storage.toString());
        configuration.put(
                Constants.FRAMEWORK_SYSTEMPACKAGES_EXTRA, "org.datagram4j;version=1.0,org.datagram4j.spi;version=1.0");
        configuration.put("felix.log.level", "0");
        for (int i = 0; i < properties.length; i += 2) {
            configuration.put(properties[i], properties[i + 1]);
        }
        Framework framework = factory.newFramework(configuration);
        framework.start();
        return new TestFramework(framework, storage);
    }

    BundleContext context() {
        return framework.getBundleContext();
    }

    /** The file of one of the bundles of the build. */
    static Path file(String artifact) {
        return artifact.equals("datagram4j-osgi")
                ? Path.of(System.getProperty("datagram4j.bundle"))
                : Path.of(System.getProperty("datagram4j.bundles"), artifact + ".jar");
    }

    Bundle install(Path file) throws BundleException {
        return context().installBundle("reference:" + file.toUri());
    }

    Bundle start(String artifact) throws BundleException {
        Bundle bundle = install(file(artifact));
        bundle.start();
        return bundle;
    }

    /** Starts both of our backends, and what they need. */
    void startBackends() throws BundleException {
        start("jna-jpms");
        start("datagram4j-nio");
        start("datagram4j-native");
    }

    Bundle bundle(String symbolicName) {
        return Stream.of(context().getBundles())
                .filter(bundle -> symbolicName.equals(bundle.getSymbolicName()))
                .findFirst()
                .orElseThrow();
    }

    /** Lets go of the old classes of bundles that were updated or uninstalled. */
    void refresh(Bundle bundle) throws InterruptedException {
        CountDownLatch refreshed = new CountDownLatch(1);
        framework.adapt(FrameworkWiring.class).refreshBundles(List.of(bundle), event -> {
            if (event.getType() == FrameworkEvent.PACKAGES_REFRESHED) {
                refreshed.countDown();
            }
        });
        assertTrue(refreshed.await(PATIENCE_SECONDS, TimeUnit.SECONDS), "the framework does not refresh");
    }

    @Override
    public void close() {
        try {
            framework.stop();
            framework.waitForStop(TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS));
        } catch (BundleException | InterruptedException e) {
            throw new AssertionError("the framework does not stop", e);
        }
        try (Stream<Path> files = Files.walk(storage)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new AssertionError("the framework's storage is still in use", e);
        }
    }
}
