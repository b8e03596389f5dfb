package org.datagram4j.shell;

import java.util.List;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.datagram4j.tools.BackendTables;
import org.datagram4j.tools.FoundBackend;
import org.osgi.framework.BundleContext;

/** Shows which backends there are, and what became of each. */
@Service
@Command(scope = "udp", name = "backends", description = "Show the UDP backends, which one is chosen, and why.")
public final class BackendsCommand implements Action {
    @Reference
    BundleContext context;

    @Option(name = "-a", aliases = "--all", description = "Show also what each backend can do.")
    boolean all;

    /** For Karaf. */
    public BackendsCommand() {}

    @Override
    public Object execute() {
        List<FoundBackend> found = Backends.all(context);
        if (found.isEmpty()) {
            System.out.println("There is no backend: install the feature datagram4j.");
            return null;
        }
        BackendTables.verdicts(found).lines().forEach(System.out::println);
        List<FoundBackend> working = found.stream().filter(FoundBackend::works).toList();
        if (all && !working.isEmpty()) {
            System.out.println();
            BackendTables.abilities(working).lines().forEach(System.out::println);
        }
        return null;
    }
}
