package org.datagram4j.usage;

import java.nio.file.Path;

/** The JDK that runs the tests, which is the one that they try. */
final class Jdk {
    /** The first release where java.lang.foreign is final, and native access is asked for. */
    static final int FOREIGN = 22;

    private Jdk() {}

    static int feature() {
        return Runtime.version().feature();
    }

    static Path bin() {
        return Path.of(System.getProperty("java.home"), "bin");
    }

    /** The path of one of its commands. */
    static String command(String name) {
        return bin().resolve(name).toString();
    }
}
