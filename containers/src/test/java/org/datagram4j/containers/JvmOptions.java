package org.datagram4j.containers;

import java.util.List;

/** Options for the JVMs of containers. */
final class JvmOptions {
    /** The first Java that has an option about native access, and warns of sun.misc.Unsafe, which Felix uses. */
    private static final int STRICT = 24;

    private JvmOptions() {}

    /** Native code is allowed to bundles, which are no modules. What is not allowed is refused, not just warned of. */
    static List<String> allowed() {
        return Settings.JAVA < STRICT
                ? List.of()
                : List.of(
                        "--enable-native-access=ALL-UNNAMED",
                        "--illegal-native-access=deny",
                        "--sun-misc-unsafe-memory-access=allow");
    }

    /** Native code is refused to everybody, which Java 24 is the first to be able to. */
    static List<String> refused() {
        return List.of("--illegal-native-access=deny", "--sun-misc-unsafe-memory-access=allow");
    }
}
