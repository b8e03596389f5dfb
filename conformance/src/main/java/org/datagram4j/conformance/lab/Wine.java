package org.datagram4j.conformance.lab;

import java.nio.file.Files;
import java.nio.file.Path;

/** Whether Windows is Wine, which a verdict has to say: Wine does most of what Windows does, by other means. */
public final class Wine {
    /** What it is called in reports. */
    public static final String NAME = "Wine";

    private Wine() {}

    /**
     * Looks for a program that every Wine has and no Windows.
     *
     * @return true under Wine
     */
    public static boolean isHere() {
        String windows = System.getenv("SystemRoot");
        return windows != null && Files.isRegularFile(Path.of(windows, "system32", "winecfg.exe"));
    }
}
