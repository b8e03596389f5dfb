package org.datagram4j.shell;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.osgi.framework.BundleContext;

/** Runs the conformance kit against the backends of this container. */
@Service
@Command(
        scope = "udp",
        name = "certify",
        description = "Decide whether UDP backends keep the contract, and leave the reports. Fails if one does not.")
public final class CertifyCommand implements Action {
    @Reference
    BundleContext context;

    @Argument(name = "backend", description = "The backend; without it, all of them.")
    @Completion(BackendCompleter.class)
    String backend;

    @Option(name = "--rules", description = "Only rules whose id matches, such as 'UDP-RECV-*'.")
    String rules;

    @Option(name = "--out", description = "Write reports to this directory; by default to the container's data.")
    String directory;

    @Option(name = "--verbose", description = "Print a line for each result instead of a mark.")
    boolean verbose;

    /** For Karaf. */
    public CertifyCommand() {}

    @Override
    public Object execute() {
        Map<String, Object> options = new HashMap<>();
        options.put("out", System.out);
        options.put("directory", directory().toString());
        options.put("verbose", verbose);
        if (backend != null) {
            options.put("backend", backend);
        }
        if (rules != null) {
            options.put("rules", rules);
        }
        Map<String, Object> result = Kit.call(context, "certify", options);
        for (Object run : (List<?>) result.get("runs")) {
            Object report = ((Map<?, ?>) run).get("report");
            if (report != null) {
                System.out.println("Reports: " + Path.of(report.toString()).getParent());
            }
        }
        int code = (Integer) result.get("exitCode");
        if (code != 0) {
            throw new IllegalStateException(code == 1 ? "not conformant" : "inconclusive");
        }
        return null;
    }

    private Path directory() {
        if (directory != null) {
            return Path.of(directory).toAbsolutePath();
        }
        String data = context.getProperty("karaf.data");
        return data == null
                ? context.getDataFile("certification").toPath()
                : Path.of(data).resolve("datagram4j").resolve("certification");
    }
}
