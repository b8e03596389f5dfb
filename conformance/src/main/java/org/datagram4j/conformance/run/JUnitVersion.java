package org.datagram4j.conformance.run;

import org.junit.platform.launcher.LauncherSession;

/** The JUnit that is there, which a vendor's build may have chosen: an old one would fail in the middle of a run. */
final class JUnitVersion {
    private JUnitVersion() {}

    /** Demands one that the kit can run with. */
    static void require() {
        require(LauncherSession.class, "getStore");
    }

    static void require(Class<?> type, String method) {
        try {
            type.getMethod(method);
        } catch (NoSuchMethodException e) {
            String version = type.getPackage().getImplementationVersion();
            throw new IllegalStateException(
                    "the kit needs JUnit 5.13 or newer, and here is an older one"
                            + (version == null ? "" : ", its platform of version " + version)
                            + ": let your build manage a newer version, such as by importing org.junit:junit-bom",
                    e);
        }
    }
}
