package org.datagram4j.benchmarks.loop.channel;

import java.io.IOException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.Selector;
import org.datagram4j.benchmarks.loop.Far;
import org.datagram4j.benchmarks.loop.Trips;

/** A wake-up of another selecting thread, and one back. */
final class ChannelWake extends Trips {
    private final Selector near = Selector.open();
    private final Selector far = Selector.open();

    ChannelWake() throws IOException, InterruptedException {
        Far.start(this::answer);
    }

    private void answer() {
        try {
            while (far.isOpen()) {
                far.select();
                near.wakeup();
            }
        } catch (IOException | ClosedSelectorException e) {
            // closed: the measurement is over
        }
    }

    @Override
    protected void trip() throws IOException {
        far.wakeup();
        near.select();
    }

    @Override
    public void close() throws IOException {
        far.close();
        near.close();
    }
}
