package org.datagram4j.usage;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The packaged jars, as Maven put them on the class path of the tests. */
final class Jars {
    static final Path API = of("datagram4j-api");
    static final Path CONFORMANCE = of("datagram4j-conformance");
    static final Path NIO = of("datagram4j-nio");
    static final Path NATIVE = of("datagram4j-native");
    static final Path OSGI = of("datagram4j-osgi");
    static final Path JNA = of("jna-jpms");
    static final Path ECHO = of("modular-echo");

    private Jars() {}

    /** Jars or directories, as a value of -p or -cp. */
    static String path(List<Path> jars) {
        return jars.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
    }

    private static Path of(String artifact) {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(Path::of)
                .filter(file -> file.getFileName().toString().matches(artifact + "(-[0-9].*)?\\.jar"))
                .filter(Files::isRegularFile)
                .findFirst()
                .orElseThrow(() -> new AssertionError("there is no jar of " + artifact + " on the class path"
                        + " of the tests: run them by mvn verify"));
    }
}
