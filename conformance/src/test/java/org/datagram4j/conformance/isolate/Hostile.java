package org.datagram4j.conformance.isolate;

import java.lang.reflect.Field;
import java.net.Inet6Address;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.datagram4j.Capability;
import org.datagram4j.UdpBackend;
import org.datagram4j.UdpConfig;
import org.datagram4j.UdpException;
import org.datagram4j.UdpSocket;
import org.datagram4j.conformance.Certifier;
import org.datagram4j.conformance.FakeBackend;
import org.datagram4j.conformance.Subject;
import org.datagram4j.conformance.report.BackendIdentity;
import org.datagram4j.spi.ForwardingBackend;

/** A JVM that judges a backend that means no good: what it does, it does when an IPv6 socket is opened, unless named so. */
public final class Hostile {
    private Hostile() {}

    /**
     * Certifies a hostile backend, and then one that is none.
     *
     * @param arguments its name, the directory for reports, the rules, and the journal
     */
    public static void main(String[] arguments) {
        UdpBackend hostile = backend(arguments[0], arguments);
        Map<String, Object> options = Map.of(
                Certifier.JOURNAL,
                arguments[3],
                Certifier.RULES,
                Arrays.asList(arguments[2].split(",")),
                Certifier.DIRECTORY,
                Path.of(arguments[1]).toString(),
                Certifier.LIMIT_MILLIS,
                arguments[0].equals("hangs") ? 2_000 : 60_000,
                Certifier.PATIENCE_MILLIS,
                100,
                Certifier.SEED,
                7);
        Map<String, Object> result = Certifier.certify(
                options, List.of(subject("hostile", hostile), subject("harmless", new FakeBackend())));
        System.exit((Integer) result.get(Certifier.EXIT_CODE));
    }

    private static Subject subject(String name, UdpBackend backend) {
        return new Subject(backend, new BackendIdentity(name, "1", "test"));
    }

    private static UdpBackend backend(String name, String... arguments) {
        return switch (name) {
            case "exits" -> opening(() -> System.exit(0));
            case "halts" -> opening(() -> Runtime.getRuntime().halt(7));
            case "crashes" -> opening(Hostile::crash);
            case "hangs" -> opening(Hostile::hang);
            case "floods" -> opening(Hostile::flood);
            case "staysAlive" -> opening(() -> new Thread(Hostile::hang, "not a daemon").start());
            case "cannotEnd" -> opening(() -> Runtime.getRuntime().addShutdownHook(new Thread(Hostile::hang)));
            case "throwsBooks" ->
                opening(() -> {
                    throw new IllegalStateException("a book ".repeat(100_000));
                });
            case "exitsWhenAsked" -> asked(() -> System.exit(0));
            case "exitsAsIfRefusing" -> asked(() -> System.exit(3));
            case "hangsWhenAsked" -> asked(Hostile::hang);
            case "complains" -> {
                Journal.refuse(Path.of(arguments[3]));
                System.err.println("what do you want?");
                System.exit(3);
                yield null;
            }
            default -> throw new IllegalArgumentException(name);
        };
    }

    private static UdpBackend opening(Runnable deed) {
        return new ForwardingBackend(new FakeBackend()) {
            @Override
            public UdpSocket open(UdpConfig config) throws UdpException {
                if (config.localAddress().getAddress() instanceof Inet6Address) {
                    deed.run();
                }
                return super.open(config);
            }
        };
    }

    private static UdpBackend asked(Runnable deed) {
        return new ForwardingBackend(new FakeBackend()) {
            @Override
            public Set<Capability> capabilities() {
                deed.run();
                return super.capabilities();
            }
        };
    }

    private static void hang() {
        while (true) {
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                continue; // the worst kind of hang
            }
        }
    }

    private static void flood() {
        byte[] line = "nobody wants to know this\n".repeat(1_000).getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        for (int i = 0; i < 2_000; i++) {
            System.out.write(line, 0, line.length);
            System.err.write(line, 0, line.length);
        }
    }

    // A write to address 0, by what every JVM has that runs libraries of today.
    private static void crash() {
        try {
            Class<?> type = Class.forName("sun.misc.Unsafe");
            Field field = type.getDeclaredField("theUnsafe");
            field.setAccessible(true);
            type.getMethod("putAddress", long.class, long.class).invoke(field.get(null), 0L, 0L);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("this JVM cannot be crashed so", e);
        }
    }
}
