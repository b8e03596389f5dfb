package org.datagram4j.conformance.report;

import org.datagram4j.conformance.lab.Wine;

/**
 * Where a run took place, without the names of users and machines.
 *
 * @param javaVersion the version of the Java runtime
 * @param javaVendor its vendor
 * @param osName the operating system
 * @param osVersion its version
 * @param osArch the processor architecture
 * @param distribution the name that the system gives itself, such as a distribution's, or {@code unknown}
 * @param container whether it looks like a container, which shares its kernel with others
 * @param emulator what plays the operating system's part, such as Wine, or null if it is the real one
 */
public record Platform(
        String javaVersion,
        String javaVendor,
        String osName,
        String osVersion,
        String osArch,
        String distribution,
        boolean container,
        String emulator) {
    /**
     * The platform that this runs on.
     *
     * @return the platform
     */
    public static Platform current() {
        return new Platform(
                Runtime.version().toString(),
                System.getProperty("java.vendor"),
                System.getProperty("os.name"),
                System.getProperty("os.version"),
                System.getProperty("os.arch"),
                HostSystem.distribution(),
                HostSystem.container(),
                Wine.isHere() ? Wine.NAME : null);
    }

    @Override
    public String toString() {
        return "Java " + javaVersion + " (" + javaVendor + ") on " + osName + " " + osVersion + " " + osArch
                + (container ? " in a container" : "")
                + (emulator == null ? "" : ", played by " + emulator);
    }
}
