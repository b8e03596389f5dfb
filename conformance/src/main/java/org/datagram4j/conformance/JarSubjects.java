package org.datagram4j.conformance;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.datagram4j.BackendCandidate;
import org.datagram4j.UdpBackends;
import org.datagram4j.conformance.read.OneLine;

/** Which of the backends that there are came from given jars. */
final class JarSubjects {
    private JarSubjects() {}

    /** The one backend in the jars; none or several are the user's mistake. */
    static Subject only(List<Subject> subjects, List<String> jars) {
        List<Path> files = jars.stream().map(jar -> real(Path.of(jar))).toList();
        List<Subject> found = subjects.stream()
                .filter(subject -> subject.jar() != null && files.contains(real(subject.jar())))
                .toList();
        String where = files.size() == 1 ? files.get(0).getFileName().toString() : "the " + files.size() + " jars";
        if (found.isEmpty()) {
            throw new IllegalArgumentException("there is no backend in " + where
                    + ": nothing in it registers, or provides, the service org.datagram4j.UdpBackend, or it cannot work"
                    + " here" + refused());
        }
        if (found.size() > 1) {
            String names =
                    found.stream().map(subject -> subject.identity().name()).collect(Collectors.joining(", "));
            throw new IllegalArgumentException(
                    "there are " + found.size() + " backends in " + where + ": choose by name among " + names);
        }
        return found.get(0);
    }

    // In a framework nothing is found so; there, the bundle that did not start is told of.
    private static String refused() {
        String refused = UdpBackends.explain().stream()
                .filter(candidate -> candidate.verdict() == BackendCandidate.Verdict.REFUSED)
                .map(candidate -> candidate.provider() + ": " + candidate.reason())
                .collect(Collectors.joining("; "));
        return refused.isEmpty() ? "" : ". Refused: " + OneLine.of(refused);
    }

    private static Path real(Path path) {
        try {
            return path.toRealPath();
        } catch (IOException e) {
            return path.toAbsolutePath().normalize();
        }
    }
}
