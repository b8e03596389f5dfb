package org.datagram4j.benchmarks.loop.api;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import org.datagram4j.Capability;
import org.datagram4j.ErrorKind;
import org.datagram4j.UdpBackend;
import org.datagram4j.UdpBackends;
import org.datagram4j.UdpConfig;
import org.datagram4j.UdpException;
import org.datagram4j.benchmarks.loop.Loop;
import org.datagram4j.benchmarks.loop.Loopback;
import org.datagram4j.benchmarks.loop.Loops;
import org.datagram4j.benchmarks.loop.Skip;

/** The loops on the public API. */
public final class ApiLoops implements Loops {
    private final String name;

    /**
     * Selects the backend when it is needed.
     *
     * @param name of the backend
     */
    public ApiLoops(String name) {
        this.name = name;
    }

    @Override
    public Loop open(String loop, int[] numbers) throws Exception {
        UdpBackend backend = backend();
        int number = numbers[0];
        try {
            return switch (loop) {
                case "single" -> new ApiSingle(backend, plain(), number);
                case "batch" -> new ApiBatch(backend, plain(), number, numbers[1]);
                case "segments" -> new ApiSegments(backend, number, numbers[1]);
                case "slots" -> new ApiSlots(backend, number, numbers[1]);
                case "meta" -> new ApiSingle(backend, withEverything(backend), number);
                case "metabatch" -> new ApiBatch(backend, withEverything(backend), number, 0);
                case "event" -> new ApiEvents(backend, number, numbers[1]);
                case "churn" -> new ApiChurn(backend);
                case "open" -> new ApiOpen(backend);
                case "sleep" -> new ApiRoundTrip(backend, number, Duration.ZERO);
                case "spin" -> new ApiRoundTrip(backend, number, Duration.ofNanos(Loopback.SPIN_NANOS));
                case "wake" -> new ApiWake(backend);
                case "echo" -> new ApiEcho(backend, numbers[1]);
                case "echobatch" -> new ApiEchoBatch(backend, numbers[1], false);
                case "echoslots" -> new ApiEchoBatch(backend, numbers[1], true);
                case "echosegments" -> new ApiEchoSegments(backend, numbers[1]);
                default -> throw new Skip("the API has no " + loop);
            };
        } catch (UdpException e) {
            if (e.kind() != ErrorKind.TOO_MANY_OPEN_FILES) {
                throw e;
            }
            throw new Skip("the limit of open files is too low");
        }
    }

    private UdpBackend backend() {
        try {
            return UdpBackends.select(name);
        } catch (IllegalStateException e) {
            throw new Skip(e.getMessage());
        }
    }

    private static UdpConfig plain() {
        return UdpConfig.of(Loopback.any());
    }

    private static UdpConfig withEverything(UdpBackend backend) {
        Set<Capability> fields = EnumSet.noneOf(Capability.class);
        for (Capability capability : backend.capabilities()) {
            if (capability.kind() == Capability.Kind.FIELD) {
                fields.add(capability);
            }
        }
        if (!fields.contains(Capability.LOCAL_ADDRESS)) {
            throw new Skip("the backend " + backend.name() + " has no metadata");
        }
        return plain().withMetadata(fields);
    }
}
