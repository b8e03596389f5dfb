package org.datagram4j.conformance.mutant;

import java.util.concurrent.locks.ReentrantLock;
import org.datagram4j.ErrorKind;
import org.datagram4j.UdpException;
import org.datagram4j.UdpSocket;
import org.datagram4j.spi.ForwardingSocket;

/** A socket with a lock that some calls keep, and that others wait for. */
abstract class LockingMutant extends ForwardingSocket {
    private final ReentrantLock lock = new ReentrantLock();

    LockingMutant(UdpSocket working) {
        super(working);
    }

    /** Takes the lock, and does not let it go. */
    final void keep() {
        lock.tryLock();
    }

    /** Takes the lock for a moment. */
    final void pass() throws UdpException {
        try {
            lock.lockInterruptibly();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UdpException(ErrorKind.OTHER, "interrupted while it waited for a lock");
        }
        lock.unlock();
    }
}
