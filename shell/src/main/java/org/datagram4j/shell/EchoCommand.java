package org.datagram4j.shell;

import java.util.List;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.completers.StringsCompleter;
import org.datagram4j.tools.HostPort;
import org.datagram4j.tools.Table;
import org.osgi.framework.BundleContext;

/** Starts, stops and lists echo servers. */
@Service
@Command(
        scope = "udp",
        name = "echo",
        description = "Start, stop or list servers that send every datagram back, by the best backend there is.")
public final class EchoCommand implements Action {
    @Reference
    BundleContext context;

    @Reference
    EchoServices services;

    @Argument(name = "action", description = "start, stop or list")
    @Completion(
            value = StringsCompleter.class,
            values = {"start", "stop", "list"})
    String action = "list";

    @Argument(
            index = 1,
            name = "address",
            description = "HOST:PORT, IPv6 addresses in brackets; port 0 lets the system choose. To stop all: none.")
    String address;

    /** For Karaf. */
    public EchoCommand() {}

    @Override
    public Object execute() {
        switch (action) {
            case "start" -> start();
            case "stop" -> stop();
            case "list" -> list();
            default -> throw new IllegalArgumentException("start, stop or list, not '" + action + "'");
        }
        return null;
    }

    private void start() {
        EchoService service = EchoService.start(context, HostPort.parse(address == null ? "127.0.0.1:7777" : address));
        services.running().add(service);
        System.out.println("Echoing on " + service.where() + " with backend " + service.backend());
    }

    private void stop() {
        List<EchoService> chosen = services.running().stream()
                .filter(service -> address == null || service.where().equals(address))
                .toList();
        if (chosen.isEmpty()) {
            throw new IllegalArgumentException(
                    address == null ? "no echo server is running" : "no echo server is running on " + address);
        }
        for (EchoService service : chosen) {
            service.close();
            services.running().remove(service);
            System.out.println("Stopped " + service.where() + ": " + service.statistics());
        }
    }

    private void list() {
        if (services.running().isEmpty()) {
            System.out.println("No echo server is running.");
            return;
        }
        Table table = new Table().row("ADDRESS", "BACKEND", "STATISTICS");
        services.running()
                .forEach(service -> table.row(
                        service.where(), service.backend(), service.statistics().toString()));
        table.lines().forEach(System.out::println);
    }
}
