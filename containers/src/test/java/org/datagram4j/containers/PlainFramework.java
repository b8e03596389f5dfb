package org.datagram4j.containers;

import static org.ops4j.pax.exam.CoreOptions.bundle;
import static org.ops4j.pax.exam.CoreOptions.frameworkStartLevel;
import static org.ops4j.pax.exam.CoreOptions.systemTimeout;
import static org.ops4j.pax.exam.CoreOptions.vmOption;

import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.TestContainer;
import org.ops4j.pax.exam.forked.ForkedTestContainer;
import org.ops4j.pax.exam.spi.DefaultExamSystem;
import org.osgi.framework.launch.FrameworkFactory;

/**
 * An OSGi framework and nothing else, in a JVM of its own.
 *
 * @param symbolicName of the framework
 * @param file its jar
 * @param options for its JVM
 * @param bundles which of the bundles are installed
 */
record PlainFramework(String symbolicName, String file, List<String> options, Predicate<Path> bundles)
        implements ContainerRun.Maker {
    private static final int START_LEVEL = 100;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    static PlainFramework felix() {
        return new PlainFramework("org.apache.felix.framework", "org.apache.felix.framework.jar");
    }

    static PlainFramework equinox() {
        return new PlainFramework("org.eclipse.osgi", "org.eclipse.osgi.jar");
    }

    private PlainFramework(String symbolicName, String file) {
        this(symbolicName, file, JvmOptions.allowed(), bundle -> Settings.needsJna() || !Settings.isJna(bundle));
    }

    /** With other options for its JVM. */
    PlainFramework withOptions(List<String> others) {
        return new PlainFramework(symbolicName, file, others, bundles);
    }

    /** With fewer bundles. */
    PlainFramework without(Predicate<Path> some) {
        return new PlainFramework(symbolicName, file, options, bundles.and(some.negate()));
    }

    @Override
    public TestContainer make(List<Option> job) throws Exception {
        List<Option> all = new ArrayList<>(job);
        all.add(frameworkStartLevel(START_LEVEL));
        all.add(systemTimeout(PATIENCE.toMillis()));
        options.forEach(option -> all.add(vmOption(option)));
        Stream.concat(Settings.bundles().stream().filter(bundles), Stream.of(Settings.probe()))
                .forEach(file -> all.add(bundle(file.toUri().toString())));
        return new ForkedTestContainer(DefaultExamSystem.create(all.toArray(Option[]::new)), factory());
    }

    // Pax Exam only asks where its class comes from, so that the loader is never used again.
    @SuppressWarnings("resource")
    private FrameworkFactory factory() throws Exception {
        URLClassLoader loader = new URLClassLoader(
                new URL[] {Settings.container(file).toUri().toURL()}, PlainFramework.class.getClassLoader());
        return ServiceLoader.load(FrameworkFactory.class, loader).stream()
                .filter(provider -> provider.type().getClassLoader() == loader) // and not one of the class path
                .findFirst()
                .orElseThrow()
                .get();
    }
}
