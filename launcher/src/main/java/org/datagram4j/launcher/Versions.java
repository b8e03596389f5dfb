package org.datagram4j.launcher;

import picocli.CommandLine.IVersionProvider;

/** Our version, which the build puts into the manifest, and Java's, which decides what native backends can do. */
final class Versions implements IVersionProvider {
    @Override
    public String[] getVersion() {
        String version = Main.class.getPackage().getImplementationVersion();
        return new String[] {
            "datagram4j " + (version == null ? "(not packaged)" : version),
            "Java " + Runtime.version() + " (" + System.getProperty("java.vm.name") + "), "
                    + System.getProperty("os.name") + " " + System.getProperty("os.version") + " "
                    + System.getProperty("os.arch")
        };
    }
}
