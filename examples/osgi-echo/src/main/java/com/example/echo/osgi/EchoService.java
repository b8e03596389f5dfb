package com.example.echo.osgi;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.datagram4j.ErrorKind;
import org.datagram4j.UdpBackend;
import org.datagram4j.UdpException;
import org.datagram4j.osgi.BackendTracker;

/** Serves one port of the loopback address, and moves to another backend when it is told to. */
final class EchoService implements BackendTracker.Listener {
    /** Backends free the port within a second; a busy machine may be slower. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final Duration PAUSE = Duration.ofMillis(20);

    private int port;
    private EchoServer server;

    /**
     * A service that waits for a backend.
     *
     * @param port the port; 0 is a free one, the same for all backends
     */
    EchoService(int port) {
        this.port = port;
    }

    @Override
    public synchronized void changed(UdpBackend best) {
        stop();
        if (best == null) {
            System.out.println("Not echoing: there is no backend");
            return;
        }
        try {
            server = open(best);
            port = server.port();
            System.out.println("Echoing on port " + port + " with backend " + best.name());
        } catch (UdpException e) {
            System.out.println("Not echoing on port " + port + " with backend " + best.name() + ": " + e.getMessage());
        }
    }

    /** Serves no more, until it is told of a backend. */
    synchronized void stop() {
        if (server != null) {
            server.close();
            server = null;
        }
    }

    /** The port, once it served. */
    synchronized int port() {
        return port;
    }

    private EchoServer open(UdpBackend backend) throws UdpException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        while (true) {
            try {
                return new EchoServer(backend, address);
            } catch (UdpException e) {
                if (e.kind() != ErrorKind.ADDRESS_IN_USE || System.nanoTime() - deadline >= 0 || !pause()) {
                    throw e;
                }
            }
        }
    }

    private static boolean pause() {
        try {
            Thread.sleep(PAUSE.toMillis());
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
