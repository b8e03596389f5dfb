package org.datagram4j.shell;

import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.datagram4j.spi.BackendStatus;
import org.datagram4j.tools.Table;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;

/** Shows which bundles have which sockets and polls open. */
@Service
@Command(scope = "udp", name = "sockets", description = "Show the open UDP sockets and polls of each bundle.")
public final class SocketsCommand implements Action {
    @Reference
    BundleContext context;

    /** For Karaf. */
    public SocketsCommand() {}

    @Override
    public Object execute() {
        Table table = new Table().row("BACKEND", "BUNDLE", "POLLS", "SOCKETS", "SOCKET");
        int users = 0;
        for (ServiceReference<BackendStatus> reference : Backends.services(context, BackendStatus.class, null)) {
            BackendStatus status = context.getService(reference);
            if (status == null) {
                continue;
            }
            try {
                String backend = status.candidate().name();
                for (BackendStatus.Use use : status.uses()) {
                    users++;
                    add(table, backend, use);
                }
            } finally {
                context.ungetService(reference);
            }
        }
        if (users == 0) {
            System.out.println("No bundle uses a backend.");
        } else {
            table.lines().forEach(System.out::println);
        }
        return null;
    }

    private static void add(Table table, String backend, BackendStatus.Use use) {
        String polls = String.valueOf(use.polls());
        String count = String.valueOf(use.sockets().size());
        String first = use.sockets().isEmpty() ? "" : use.sockets().get(0);
        table.row(backend, use.user(), polls, count, first);
        use.sockets().stream().skip(1).forEach(socket -> table.row("", "", "", "", socket));
    }
}
