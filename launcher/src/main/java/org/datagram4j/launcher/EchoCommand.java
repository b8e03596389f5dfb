package org.datagram4j.launcher;

import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.datagram4j.UdpBackend;
import org.datagram4j.UdpBackends;
import org.datagram4j.UdpException;
import org.datagram4j.tools.EchoServer;
import org.datagram4j.tools.EchoStatistics;
import org.datagram4j.tools.HostPort;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs {@link EchoServer} until it is interrupted. */
@Command(
        name = "echo",
        description =
                "Send every datagram back to its sender, until interrupted (Ctrl-C), which ends it with exit code 0.",
        mixinStandardHelpOptions = true,
        usageHelpAutoWidth = true)
final class EchoCommand implements Callable<Integer> {
    private static final int PATIENCE_SECONDS = 5;

    @Option(
            names = "--backend",
            paramLabel = "NAME",
            description = "The backend; by default the one that ranks highest.")
    private String backend;

    @Option(
            names = "--bind",
            paramLabel = "HOST:PORT",
            converter = AddressConverter.class,
            defaultValue = "127.0.0.1:7777",
            description = "Where to listen, IPv6 addresses in brackets; port 0 lets the system choose."
                    + " Default: ${DEFAULT-VALUE}")
    private InetSocketAddress address;

    @Option(
            names = "--buffer",
            paramLabel = "BYTES",
            defaultValue = "65535",
            description = "Send back this much of a datagram at most. Default: ${DEFAULT-VALUE}")
    private int bufferBytes;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        if (bufferBytes < 0) {
            throw new UsageProblem("--buffer is a number of bytes, not " + bufferBytes);
        }
        PrintWriter out = spec.commandLine().getOut();
        UdpBackend chosen = backend();
        try (EchoServer server = open(chosen)) {
            Interruption interruption = new Interruption(server);
            out.println("Echoing on " + HostPort.format(server.address()) + " with backend " + chosen.name()
                    + "; Ctrl-C ends it");
            out.flush();
            try {
                EchoStatistics all = server.run(second -> {
                    out.println(second);
                    out.flush();
                });
                out.println("In all: " + all);
                out.flush();
                interruption.ended(Main.OK);
            } finally {
                interruption.ended(Main.INCONCLUSIVE);
            }
        }
        return Main.OK;
    }

    private UdpBackend backend() {
        try {
            return backend == null ? UdpBackends.select() : UdpBackends.select(backend);
        } catch (IllegalStateException e) {
            throw new UsageProblem(e.getMessage());
        }
    }

    private EchoServer open(UdpBackend chosen) {
        try {
            return new EchoServer(chosen, address, bufferBytes);
        } catch (UdpException e) {
            throw new UsageProblem("cannot listen on " + HostPort.format(address) + ": "
                    + e.kind().name().toLowerCase(Locale.ROOT).replace('_', ' '));
        }
    }

    /** Ctrl-C stops the server, and is not an error: without this the JVM would end with 130 or 143. */
    private static final class Interruption {
        private final CompletableFuture<Integer> exitCode = new CompletableFuture<>();
        private final Thread hook;

        Interruption(EchoServer server) {
            hook = new Thread(() -> stop(server), "datagram4j-echo-stop");
            Runtime.getRuntime().addShutdownHook(hook);
        }

        /** The server has ended; only the first call counts. */
        void ended(int code) {
            exitCode.complete(code);
            try {
                Runtime.getRuntime().removeShutdownHook(hook);
            } catch (IllegalStateException e) {
                // The hook is running: it is what ended the server.
            }
        }

        private void stop(EchoServer server) {
            server.stop();
            try {
                Runtime.getRuntime().halt(exitCode.get(PATIENCE_SECONDS, TimeUnit.SECONDS));
            } catch (InterruptedException | ExecutionException | TimeoutException e) {
                System.err.println("datagram4j: the echo server did not stop within " + PATIENCE_SECONDS + " seconds");
            }
        }
    }
}
