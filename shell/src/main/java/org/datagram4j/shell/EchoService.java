package org.datagram4j.shell;

import java.net.InetSocketAddress;
import java.util.Locale;
import org.datagram4j.ErrorKind;
import org.datagram4j.UdpBackend;
import org.datagram4j.UdpException;
import org.datagram4j.osgi.BackendTracker;
import org.datagram4j.tools.EchoServer;
import org.datagram4j.tools.EchoStatistics;
import org.datagram4j.tools.HostPort;
import org.osgi.framework.BundleContext;

/** An echo server on an address, with the best backend that there is at any time. */
final class EchoService implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(EchoService.class.getName());
    private static final int BUFFER_BYTES = 65_535;
    private static final long PATIENCE_MILLIS = 5_000;

    private final BackendTracker tracker;
    private volatile InetSocketAddress address;
    private volatile Running running;
    private volatile EchoStatistics before = EchoStatistics.NONE;
    private volatile String trouble = "there is no backend";

    private EchoService(BundleContext context, InetSocketAddress address) {
        this.address = address;
        this.tracker = BackendTracker.open(context);
    }

    /**
     * Starts one.
     *
     * @throws IllegalStateException if it cannot listen there, saying why
     */
    static EchoService start(BundleContext context, InetSocketAddress address) {
        EchoService service = new EchoService(context, address);
        service.tracker.listen(service::use);
        if (service.running == null) {
            service.close();
            throw new IllegalStateException("cannot listen on " + HostPort.format(address) + ": " + service.trouble);
        }
        return service;
    }

    /** Where it listens. */
    String where() {
        return HostPort.format(address);
    }

    /** The name of its backend, or why it has none. */
    String backend() {
        Running now = running;
        return now == null ? trouble : now.backend;
    }

    /** What it has done with all its backends. */
    EchoStatistics statistics() {
        Running now = running;
        return now == null ? before : before.plus(now.server.statistics());
    }

    private void use(UdpBackend best) {
        end();
        if (best == null) {
            trouble = "there is no backend";
            return;
        }
        try {
            EchoServer server = new EchoServer(best, address, BUFFER_BYTES);
            address = server.address(); // the port stays when the backend changes
            running = new Running(server, best.name());
            running.thread.start();
        } catch (UdpException e) {
            trouble = e.kind().name().toLowerCase(Locale.ROOT).replace('_', ' ');
            LOG.log(System.Logger.Level.WARNING, "the echo server on {0} stopped: {1}", where(), e);
        }
    }

    private void end() {
        Running last = running;
        running = null;
        if (last != null) {
            last.end();
            before = before.plus(last.server.statistics());
        }
    }

    @Override
    public void close() {
        tracker.close();
        end();
    }

    private static final class Running {
        private final EchoServer server;
        private final String backend;
        private final Thread thread;

        Running(EchoServer server, String backend) {
            this.server = server;
            this.backend = backend;
            this.thread = new Thread(this::serve, "datagram4j echo");
            this.thread.setDaemon(true);
        }

        private void serve() {
            try {
                server.run(second -> {});
            } catch (UdpException e) {
                if (e.kind() != ErrorKind.CLOSED) {
                    LOG.log(System.Logger.Level.WARNING, "an echo server stopped", e);
                }
            } catch (Exception e) {
                LOG.log(System.Logger.Level.WARNING, "an echo server stopped", e);
            }
        }

        void end() {
            server.stop();
            try {
                thread.join(PATIENCE_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            server.close();
        }
    }
}
