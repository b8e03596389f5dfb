package org.datagram4j.sys;

import org.datagram4j.Interest;
import org.datagram4j.Registry;
import org.datagram4j.Source;
import org.datagram4j.Token;
import org.datagram4j.UdpException;

/** A source over a handle that stays the caller's: every change that the system tells of is an event. */
final class HandleSource implements Source {
    private final long handle;
    private final Readiness readiness;

    HandleSource(long handle) {
        this.handle = handle;
        this.readiness = new Readiness(this, handle, true);
    }

    @Override
    public void register(Registry registry, Token token, Interest interest) throws UdpException {
        readiness.register(registry, token, interest);
    }

    @Override
    public void reregister(Registry registry, Token token, Interest interest) throws UdpException {
        readiness.reregister(registry, token, interest);
    }

    @Override
    public void deregister(Registry registry) throws UdpException {
        readiness.deregister(registry);
    }

    @Override
    public String toString() {
        return NativeBackend.NAME + " source of handle " + handle;
    }
}
