package org.datagram4j.sys;

import java.util.Locale;
import java.util.function.Supplier;
import org.datagram4j.sys.contract.NetworkSystem;
import org.datagram4j.sys.linkage.Linkages;
import org.datagram4j.sys.linux.LinuxSystem;
import org.datagram4j.sys.windows.WindowsSystem;

/** Chooses the operating system; the only class that knows which there are. */
final class Systems {
    private Systems() {}

    /**
     * The system that this Java runs on.
     *
     * @throws UnsupportedOperationException if there is no native backend for it, or it does not work, saying what to do
     */
    static NetworkSystem here() {
        String name = System.getProperty("os.name", "");
        String processor = System.getProperty("os.arch", "");
        if (name.toLowerCase(Locale.ROOT).startsWith("linux")
                && (processor.equals("amd64") || processor.equals("x86_64") || processor.equals("aarch64"))) {
            return linked(() -> LinuxSystem.open(Linkages.best(), processor));
        }
        if (name.toLowerCase(Locale.ROOT).startsWith("windows")
                && (processor.equals("amd64") || processor.equals("aarch64"))) {
            return linked(() -> WindowsSystem.open(Linkages.best()));
        }
        throw new UnsupportedOperationException(
                "the native backend is for Linux and Windows on x86-64 and aarch64, not for " + name + " on "
                        + processor + ": use the backend 'nio'");
    }

    private static NetworkSystem linked(Supplier<NetworkSystem> open) {
        try {
            return open.get();
        } catch (LinkageError e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new UnsupportedOperationException(
                    "this system lacks what the native backend calls (" + cause + "): use the backend 'nio'", e);
        }
    }
}
