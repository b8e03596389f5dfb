package org.datagram4j.containers;

import static org.ops4j.pax.exam.CoreOptions.bundle;
import static org.ops4j.pax.exam.CoreOptions.systemTimeout;
import static org.ops4j.pax.exam.CoreOptions.vmOption;
import static org.ops4j.pax.exam.karaf.options.KarafDistributionOption.configureConsole;
import static org.ops4j.pax.exam.karaf.options.KarafDistributionOption.editConfigurationFilePut;
import static org.ops4j.pax.exam.karaf.options.KarafDistributionOption.features;
import static org.ops4j.pax.exam.karaf.options.KarafDistributionOption.karafDistributionConfiguration;
import static org.ops4j.pax.exam.karaf.options.KarafDistributionOption.keepRuntimeFolder;
import static org.ops4j.pax.exam.karaf.options.KarafDistributionOption.logLevel;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.TestContainer;
import org.ops4j.pax.exam.karaf.container.internal.KarafTestContainerFactory;
import org.ops4j.pax.exam.karaf.options.LogLevelOption.LogLevel;
import org.ops4j.pax.exam.karaf.options.libraries.OverrideJUnitBundlesOption;
import org.ops4j.pax.exam.spi.DefaultExamSystem;

/**
 * An Apache Karaf with our features, which it gets from a repository of the build and never from the network.
 *
 * @param distribution the file
 * @param unpacked where it is unpacked
 */
record KarafContainer(Path distribution, Path unpacked) implements ContainerRun.Maker {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final String MAVEN = "etc/org.ops4j.pax.url.mvn.cfg";
    private static final List<String> OPENED = List.of(
            "java.base/java.security",
            "java.base/java.net",
            "java.base/java.lang",
            "java.base/java.util",
            "java.naming/javax.naming.spi",
            "java.rmi/sun.rmi.transport.tcp");

    /** The Karaf that everybody downloads; it does not start on Java 24 and newer. */
    static KarafContainer stock() {
        return of("apache-karaf.tar.gz");
    }

    /** Our own assembly, without what does not start there. */
    static KarafContainer own() {
        return of("datagram4j-karaf.tar.gz");
    }

    private static KarafContainer of(String file) {
        return new KarafContainer(Settings.container(file), Settings.scratch(file));
    }

    @Override
    public TestContainer make(List<Option> job) throws Exception {
        List<Option> all = new ArrayList<>(job);
        all.add(karafDistributionConfiguration()
                .frameworkUrl(distribution.toUri().toString())
                .name("Apache Karaf")
                .karafVersion(Settings.karafVersion())
                .unpackDirectory(unpacked.toFile())
                .useDeployFolder(false));
        all.add(keepRuntimeFolder()); // for its log; the next run removes it
        all.add(new OverrideJUnitBundlesOption());
        all.add(configureConsole().ignoreLocalConsole().ignoreRemoteShell());
        all.add(logLevel(LogLevel.INFO));
        all.add(systemTimeout(PATIENCE.toMillis()));
        all.addAll(repositories());
        all.add(features(
                "mvn:org.datagram4j/datagram4j-features/" + Settings.version() + "/xml/features",
                "datagram4j-native",
                "datagram4j-conformance"));
        all.add(bundle(Settings.probe().toUri().toString()));
        jvm().forEach(option -> all.add(vmOption(option)));
        return new KarafTestContainerFactory().create(DefaultExamSystem.create(all.toArray(Option[]::new)))[0];
    }

    @Override
    public String log() throws IOException {
        if (!Files.exists(unpacked)) {
            return "";
        }
        try (Stream<Path> files = Files.walk(unpacked)) {
            Optional<Path> log = files.filter(file -> file.endsWith(Path.of("data", "log", "karaf.log")))
                    .findFirst();
            return log.isPresent() ? Files.readString(log.get()) : "";
        }
    }

    private List<Option> repositories() {
        String ours = Settings.repository().toUri().toString().replaceAll("/$", "");
        return List.of(
                editConfigurationFilePut(
                        MAVEN,
                        "org.ops4j.pax.url.mvn.defaultRepositories",
                        "file:${karaf.home}/system@id=system@snapshots, " + ours + "@id=datagram4j@snapshots"),
                editConfigurationFilePut(MAVEN, "org.ops4j.pax.url.mvn.repositories", ""),
                editConfigurationFilePut(
                        MAVEN,
                        "org.ops4j.pax.url.mvn.localRepository",
                        unpacked.resolve("m2").toString()));
    }

    // Pax Exam starts Karaf's main class and passes over bin/karaf, which would give most of these. Paths are relative
    // to
    // Karaf's home.
    private static List<String> jvm() {
        List<String> options = new ArrayList<>(JvmOptions.allowed());
        OPENED.forEach(opened -> options.add("--add-opens=" + opened + "=ALL-UNNAMED"));
        String specs = "lib/endorsed/org.apache.karaf.specs.";
        String jar = "-" + Settings.karafVersion() + ".jar";
        options.add("--add-reads=java.xml=java.logging");
        options.add("--add-exports=java.base/org.apache.karaf.specs.locator=java.xml,ALL-UNNAMED");
        options.add("--patch-module=java.base=" + specs + "locator" + jar);
        options.add("--patch-module=java.xml=" + specs + "java.xml" + jar);
        return options;
    }
}
