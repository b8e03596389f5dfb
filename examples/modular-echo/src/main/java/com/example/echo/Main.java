package com.example.echo;

import java.io.IOException;
import java.net.InetSocketAddress;
import org.datagram4j.UdpBackend;
import org.datagram4j.UdpBackends;

/** Starts the server, and first tells which backends there are and which of them serves. */
public final class Main {
    private static final int CANNOT_RUN = 3;
    private static final int HIGHEST_PORT = 0xFFFF;
    private static final String USAGE = "usage: echo [HOST PORT], by default 127.0.0.1 7777; port 0 is any free one";

    private Main() {}

    /**
     * Serves until it is interrupted.
     *
     * @param args none, or host and port
     */
    public static void main(String[] args) {
        try {
            InetSocketAddress address = address(args);
            UdpBackends.explain().forEach(System.out::println);
            UdpBackend backend = UdpBackends.select();
            try (EchoServer server = new EchoServer(backend, address)) {
                System.out.println("Echoing on port " + server.port() + " with backend " + backend.name());
                server.run();
            }
        } catch (IllegalArgumentException | IllegalStateException | IOException e) {
            System.err.println("echo: " + e.getMessage());
            System.exit(CANNOT_RUN);
        }
    }

    private static InetSocketAddress address(String[] args) {
        if (args.length == 0) {
            return new InetSocketAddress("127.0.0.1", 7777);
        }
        if (args.length != 2 || !args[1].matches("[0-9]{1,5}") || Integer.parseInt(args[1]) > HIGHEST_PORT) {
            throw new IllegalArgumentException(USAGE);
        }
        InetSocketAddress address = new InetSocketAddress(args[0], Integer.parseInt(args[1]));
        if (address.isUnresolved()) {
            throw new IllegalArgumentException("there is no host '" + args[0] + "'; " + USAGE);
        }
        return address;
    }
}
