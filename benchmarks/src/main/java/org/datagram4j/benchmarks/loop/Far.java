package org.datagram4j.benchmarks.loop;

import java.util.concurrent.CountDownLatch;

/** The far thread of a round trip. */
public final class Far {
    private Far() {}

    /** Starts it, and returns when it runs. What it does ends when its loop is closed. */
    public static void start(Runnable answer) throws InterruptedException {
        CountDownLatch started = new CountDownLatch(1);
        Thread thread = new Thread(
                () -> {
                    MeasuredThreads.register();
                    started.countDown();
                    answer.run();
                },
                "far");
        thread.setDaemon(true);
        thread.start();
        started.await();
    }
}
