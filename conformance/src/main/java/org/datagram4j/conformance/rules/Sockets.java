package org.datagram4j.conformance.rules;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;
import org.datagram4j.conformance.lab.Lab;

/** What this process has bound, as Linux tells it in /proc. */
final class Sockets {
    private static final String LISTENING = "0A";
    private static final int LOCAL_ADDRESS = 1;
    private static final int STATE = 3;
    private static final int INODE = 9;
    private static final int HEXADECIMAL = 16;

    private Sockets() {}

    /** A UDP socket, or a TCP socket that listens. */
    record Bound(String protocol, int port, String inode) {}

    /** All of them; those of other processes in the same network are left out. */
    static Set<Bound> ofThisProcess(Lab lab) throws IOException {
        Set<String> inodes = inodes();
        Set<Bound> all = new HashSet<>();
        for (String protocol : new String[] {"udp", "udp6", "tcp", "tcp6"}) {
            Path table = Path.of("/proc/self/net", protocol);
            if (!Files.isReadable(table)) {
                continue; // without IPv6 there is none
            }
            try (Stream<String> lines = Files.lines(table)) {
                lines.skip(1)
                        .map(line -> line.strip().split(" +"))
                        .filter(words -> inodes.contains(words[INODE]))
                        .filter(words -> protocol.startsWith("udp") || words[STATE].equals(LISTENING))
                        .forEach(words -> all.add(new Bound(protocol, port(words[LOCAL_ADDRESS]), words[INODE])));
            }
        }
        if (all.isEmpty()) {
            throw lab.inconclusive("/proc/self/net does not list the sockets of this process");
        }
        return all;
    }

    private static int port(String address) {
        return Integer.parseInt(address.substring(address.indexOf(':') + 1), HEXADECIMAL);
    }

    private static Set<String> inodes() throws IOException {
        Set<String> inodes = new HashSet<>();
        try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
            for (Path descriptor : descriptors.toList()) {
                String target;
                try {
                    target = Files.readSymbolicLink(descriptor).toString();
                } catch (IOException e) {
                    continue; // closed meanwhile
                }
                if (target.startsWith("socket:[")) {
                    inodes.add(target.substring("socket:[".length(), target.length() - 1));
                }
            }
        }
        return inodes;
    }
}
