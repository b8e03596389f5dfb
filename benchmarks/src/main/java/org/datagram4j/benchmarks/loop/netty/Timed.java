package org.datagram4j.benchmarks.loop.netty;

import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.datagram4j.benchmarks.loop.Loop;
import org.datagram4j.benchmarks.loop.Meter;
import org.datagram4j.benchmarks.loop.Report;
import org.datagram4j.benchmarks.loop.Trips;

/** Trips between two event loops, each measured by the clock on the near one. */
abstract class Timed implements Loop {
    private final EventLoopGroup nearGroup;
    private final EventLoopGroup farGroup;
    private final Histogram histogram = Trips.newHistogram();
    private CompletableFuture<Report> report;
    private long nanos;
    private long allocated;
    private long start;
    private long before;

    Timed(EventLoopGroup nearGroup, EventLoopGroup farGroup) {
        this.nearGroup = nearGroup;
        this.farGroup = farGroup;
    }

    final EventLoop near() {
        return nearGroup.next();
    }

    final EventLoop far() {
        return farGroup.next();
    }

    /** Begins a trip, on the near thread; something calls {@link #tripDone} there when it is done. */
    abstract void trip();

    /** What happens before the first and after the last trip. */
    abstract void running(boolean on);

    final void tripDone() {
        long after = System.nanoTime();
        histogram.recordValue(after - before);
        before = after;
        if (after - start < nanos) {
            trip();
        } else {
            long bytes = Meter.allocatedBytes(Thread.currentThread()) - allocated;
            running(false);
            report.complete(new Report(after - start, histogram.getTotalCount(), bytes, histogram));
        }
    }

    final void failed(Throwable problem) {
        running(false);
        report.completeExceptionally(problem);
    }

    @Override
    public final Report run(long wanted, long leastSteps) throws Exception {
        report = new CompletableFuture<>();
        near().execute(() -> {
            running(true);
            histogram.reset();
            nanos = wanted;
            allocated = Meter.allocatedBytes(Thread.currentThread());
            start = System.nanoTime();
            before = start;
            trip();
        });
        return report.get();
    }

    @Override
    public final void close() {
        running(false);
        nearGroup.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
        farGroup.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
    }
}
