package org.datagram4j.shell;

import java.util.List;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.CommandLine;
import org.apache.karaf.shell.api.console.Completer;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.completers.StringsCompleter;
import org.datagram4j.UdpBackend;
import org.osgi.framework.BundleContext;

/** Completes the names of the backends that are offered. */
@Service
public final class BackendCompleter implements Completer {
    @Reference
    BundleContext context;

    /** For Karaf. */
    public BackendCompleter() {}

    @Override
    public int complete(Session session, CommandLine line, List<String> candidates) {
        StringsCompleter names = new StringsCompleter();
        Backends.services(context, UdpBackend.class, null)
                .forEach(service ->
                        names.getStrings().add(String.valueOf(service.getProperty(UdpBackend.NAME_PROPERTY))));
        return names.complete(session, line, candidates);
    }
}
