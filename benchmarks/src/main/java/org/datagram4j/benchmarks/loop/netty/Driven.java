package org.datagram4j.benchmarks.loop.netty;

import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.datagram4j.benchmarks.loop.Loop;
import org.datagram4j.benchmarks.loop.Report;
import org.datagram4j.benchmarks.loop.Steps;

/** Steps that events drive, all of them on the thread of one event loop. */
abstract class Driven implements Loop {
    private static final int STEPS_PER_CLOCK = 32;

    final EventLoopGroup group;
    private final EventLoop loop;
    private CompletableFuture<Report> report;
    private Steps.Run run;
    private int steps;
    private long count;

    Driven(Transport transport) throws InterruptedException {
        group = transport.newLoop();
        loop = group.next();
    }

    final EventLoop loop() {
        return loop;
    }

    /** Begins a step, on the loop's thread; something calls {@link #stepDone} when it is done. */
    abstract void step();

    /** A step is done, which was so many operations. */
    final void stepDone(int operations) {
        count += operations;
        steps++;
        if (steps == STEPS_PER_CLOCK) {
            run.add(steps, count);
            steps = 0;
            count = 0;
            if (run.isOver()) {
                report.complete(run.report());
                return;
            }
        }
        step();
    }

    /** Ends the run. */
    final void failed(Throwable problem) {
        report.completeExceptionally(problem);
    }

    @Override
    public final Report run(long nanos, long leastSteps) throws Exception {
        report = new CompletableFuture<>();
        loop.execute(() -> {
            run = new Steps.Run(nanos, leastSteps);
            step();
        });
        return report.get();
    }

    @Override
    public final void close() {
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
    }
}
