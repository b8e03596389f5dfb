package org.datagram4j.conformance.run;

import java.util.Set;

/** Tells a defect of the kit from a defect of the backend. */
final class Crash {
    private static final String KIT = "org.datagram4j.conformance.";
    private static final Set<String> OURS = Set.of("rules", "lab", "run");

    private Crash() {}

    /**
     * Whether an exception is the kit's own: an unchecked one that was made in the code of a rule or of the lab, or by
     * what that code called in the class library. What a backend throws through the kit is not.
     */
    static boolean isOurs(Throwable thrown) {
        if (!(thrown instanceof RuntimeException || thrown instanceof Error)) {
            return false;
        }
        for (StackTraceElement frame : thrown.getStackTrace()) {
            String name = frame.getClassName();
            if (!isLibrary(name)) {
                return name.startsWith(KIT)
                        && OURS.contains(name.substring(KIT.length()).split("\\.")[0]);
            }
        }
        return false;
    }

    private static boolean isLibrary(String name) {
        return name.startsWith("java.") || name.startsWith("jdk.") || name.startsWith("sun.");
    }
}
