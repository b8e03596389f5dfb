package org.datagram4j.conformance.mutant;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.datagram4j.Event;
import org.datagram4j.Events;
import org.datagram4j.Interest;
import org.datagram4j.Poll;
import org.datagram4j.Registry;
import org.datagram4j.Source;
import org.datagram4j.Token;
import org.datagram4j.UdpException;
import org.datagram4j.spi.EventList;
import org.datagram4j.spi.ForwardingPoll;
import org.datagram4j.spi.ForwardingRegistry;

/** A poll that knows its registrations and reports what a subclass makes of the working poll's events. */
class RewritingPoll extends ForwardingPoll {
    /** A registration as the application made it last. */
    record Registered(Source source, Interest interest) {}

    private final Map<Token, Registered> registrations = new ConcurrentHashMap<>();
    private final Registry registry;

    RewritingPoll(Poll working) {
        super(working);
        registry = new Tracking(working.registry());
    }

    /** Turns one event of the working poll into what is shown: without override, the same. */
    void show(Event event, EventList shown) {
        shown.add(event.token(), bits(event));
    }

    /** How many events the working poll may find at once. */
    int capacity(int asked) {
        return asked;
    }

    /** Runs the working poll. */
    void find(Events found, Duration timeout) throws UdpException {
        super.poll(found, timeout);
    }

    final Map<Token, Registered> registrations() {
        return registrations;
    }

    final Interest interest(Event event) {
        Registered registered = registrations.get(event.token());
        return registered == null ? null : registered.interest();
    }

    static int bits(Event event) {
        return (event.isReadable() ? EventList.READABLE : 0)
                | (event.isWritable() ? EventList.WRITABLE : 0)
                | (event.isError() ? EventList.ERROR : 0)
                | (event.isReadClosed() ? EventList.READ_CLOSED : 0)
                | (event.isWriteClosed() ? EventList.WRITE_CLOSED : 0);
    }

    @Override
    public Registry registry() {
        return registry;
    }

    @Override
    public Events newEvents(int capacity) {
        return new EventList(capacity, super.newEvents(capacity(capacity)));
    }

    @Override
    public int poll(Events events, Duration timeout) throws UdpException {
        if (!(events instanceof EventList shown) || !(shown.owner() instanceof Events found)) {
            return super.poll(events, timeout); // which refuses it
        }
        do {
            shown.clear();
            find(found, timeout);
            for (Event event : found) {
                show(event, shown);
            }
        } while (shown.isEmpty() && timeout == null && !Thread.currentThread().isInterrupted());
        return shown.size();
    }

    private final class Tracking extends ForwardingRegistry {
        Tracking(Registry working) {
            super(working);
        }

        @Override
        public void register(Source source, Token token, Interest interest) throws IOException {
            super.register(source, token, interest);
            registrations.put(token, new Registered(source, interest));
        }

        @Override
        public void reregister(Source source, Token token, Interest interest) throws IOException {
            super.reregister(source, token, interest);
            registrations.values().removeIf(registered -> registered.source() == source);
            registrations.put(token, new Registered(source, interest));
        }

        @Override
        public void deregister(Source source) throws IOException {
            super.deregister(source);
            registrations.values().removeIf(registered -> registered.source() == source);
        }
    }
}
