package org.datagram4j.conformance.report;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the system's own files tell of it, where it has such files. */
final class HostSystem {
    private static final Path RELEASE = Path.of("/etc/os-release");
    private static final Pattern NAME = Pattern.compile("(?m)^PRETTY_NAME=\"?([^\"\\r\\n]+)");
    private static final List<Path> MARKS =
            List.of(Path.of("/.dockerenv"), Path.of("/run/.containerenv"), Path.of("/run/systemd/container"));
    private static final Path GROUPS = Path.of("/proc/1/cgroup");
    private static final Pattern GROUP = Pattern.compile("docker|kubepods|containerd|lxc|libpod");

    private HostSystem() {}

    static String distribution() {
        Matcher name = NAME.matcher(read(RELEASE));
        return name.find() ? name.group(1).strip() : BackendIdentity.UNKNOWN;
    }

    static boolean container() {
        return MARKS.stream().anyMatch(Files::exists)
                || GROUP.matcher(read(GROUPS)).find();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return ""; // another system
        }
    }
}
