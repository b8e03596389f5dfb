package org.datagram4j.launcher;

import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where things are: this jar is in {@code app/lib} with the class path, and beside that is {@code app/bundles} with what
 * a framework installs.
 */
final class App {
    private App() {}

    /**
     * What a framework installs.
     *
     * @param more files of the user, installed last
     */
    static List<Path> bundles(List<Path> more) throws IOException {
        List<Path> theirs = readable(more);
        Path directory = jar().resolveSibling("../bundles").normalize();
        if (!Files.isDirectory(directory)) {
            throw new IOException("there are no bundles in " + directory + ": build with mvn package first");
        }
        try (Stream<Path> files = Files.list(directory)) {
            Stream<Path> ours =
                    files.filter(file -> file.toString().endsWith(".jar")).sorted();
            return Stream.concat(ours, theirs.stream()).toList();
        }
    }

    /** The directory with the class path. */
    static Path library() throws IOException {
        return jar().getParent();
    }

    /** Lets this thread's services come from some more files, too. */
    static void addToClassPath(List<Path> jars) throws IOException {
        List<URL> urls = new ArrayList<>();
        for (Path jar : readable(jars)) {
            urls.add(jar.toUri().toURL());
        }
        if (!urls.isEmpty()) {
            // Never closed: what it loads is in use until the JVM ends.
            Thread.currentThread()
                    .setContextClassLoader(new URLClassLoader(urls.toArray(URL[]::new), App.class.getClassLoader()));
        }
    }

    /** The files, and in place of each directory the jars in it: a backend with what it needs. */
    static List<Path> readable(List<Path> given) throws IOException {
        List<Path> jars = new ArrayList<>();
        for (Path path : given) {
            if (Files.isDirectory(path) && Files.isReadable(path)) {
                jars.addAll(jarsIn(path));
            } else if (Files.isRegularFile(path) && Files.isReadable(path)) {
                jars.add(path);
            } else {
                throw new UsageProblem("cannot read the file " + path);
            }
        }
        return jars;
    }

    private static List<Path> jarsIn(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            List<Path> jars = files.filter(file -> file.toString().endsWith(".jar"))
                    .sorted()
                    .toList();
            if (jars.isEmpty()) {
                throw new UsageProblem("there is no jar in the directory " + directory);
            }
            return jars;
        }
    }

    /** The project's directory if the script says where it is, otherwise the current one. */
    static Path home() {
        return Path.of(System.getProperty("datagram4j.home", ""));
    }

    private static Path jar() throws IOException {
        try {
            return Path.of(App.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IOException("cannot tell where the launcher is", e);
        }
    }
}
