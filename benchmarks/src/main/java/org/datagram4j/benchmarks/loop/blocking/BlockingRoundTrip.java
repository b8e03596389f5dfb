package org.datagram4j.benchmarks.loop.blocking;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import org.HdrHistogram.Histogram;
import org.datagram4j.benchmarks.loop.Loop;
import org.datagram4j.benchmarks.loop.Loopback;
import org.datagram4j.benchmarks.loop.Report;
import org.datagram4j.benchmarks.loop.Trips;

/** A datagram to another blocked virtual thread and back; the system's threads below them are not pinned. */
final class BlockingRoundTrip implements Loop {
    private final Executor threads = VirtualThreads.newExecutor();
    private final DatagramSocket near = new DatagramSocket(Loopback.any());
    private final DatagramSocket far = new DatagramSocket(Loopback.any());
    private final byte[] in = new byte[Loopback.MOST_BYTES];
    private final DatagramPacket outgoing;
    private final DatagramPacket incoming = new DatagramPacket(in, in.length);
    private final Histogram histogram = Trips.newHistogram();

    BlockingRoundTrip(int bytes) throws IOException, ReflectiveOperationException {
        outgoing = new DatagramPacket(new byte[bytes], bytes, far.getLocalSocketAddress());
        threads.execute(this::echo);
    }

    private void echo() {
        byte[] buffer = new byte[Loopback.MOST_BYTES];
        DatagramPacket datagram = new DatagramPacket(buffer, buffer.length);
        try {
            while (true) {
                datagram.setLength(buffer.length);
                far.receive(datagram);
                far.send(datagram);
            }
        } catch (IOException e) {
            // closed: the measurement is over
        }
    }

    @Override
    public Report run(long nanos, long leastSteps) throws InterruptedException, ExecutionException {
        CompletableFuture<Report> report = new CompletableFuture<>();
        threads.execute(() -> {
            try {
                report.complete(measure(nanos));
            } catch (IOException e) {
                report.completeExceptionally(e);
            }
        });
        return report.get();
    }

    private Report measure(long nanos) throws IOException {
        histogram.reset();
        long start = System.nanoTime();
        long before = start;
        while (before - start < nanos) {
            near.send(outgoing);
            incoming.setLength(in.length);
            near.receive(incoming);
            long after = System.nanoTime();
            histogram.recordValue(after - before);
            before = after;
        }
        return new Report(before - start, histogram.getTotalCount(), Double.NaN, histogram);
    }

    @Override
    public void close() {
        near.close();
        far.close();
    }
}
