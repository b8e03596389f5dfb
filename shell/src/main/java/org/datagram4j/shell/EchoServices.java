package org.datagram4j.shell;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The echo servers that the shell started; they end with the bundle. */
final class EchoServices implements AutoCloseable {
    private final List<EchoService> running = new CopyOnWriteArrayList<>();

    List<EchoService> running() {
        return running;
    }

    /** Ends all of them. */
    @Override
    public void close() {
        running.forEach(EchoService::close);
        running.clear();
    }
}
