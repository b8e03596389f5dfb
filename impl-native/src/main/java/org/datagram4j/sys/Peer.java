package org.datagram4j.sys;

import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.util.concurrent.locks.ReentrantLock;
import org.datagram4j.ErrorKind;
import org.datagram4j.UdpException;
import org.datagram4j.sys.contract.NetworkSystem;
import org.datagram4j.sys.contract.RawAddress;
import org.datagram4j.sys.contract.Setting;

/** Whom a socket is connected to. One thread at a time changes it; sends and receives go on meanwhile. */
final class Peer {
    private final NativeSocket socket;
    private final NetworkSystem system;
    private final long handle;
    private final boolean errorQueue;
    private final boolean boundToAny;
    private final ReentrantLock lock = new ReentrantLock();

    /** Whether the peer is one of IPv4: control messages differ. */
    private volatile boolean v4;

    Peer(NativeSocket socket, SocketState state) {
        this.socket = socket;
        this.system = socket.system();
        this.handle = state.handle();
        this.errorQueue = state.errorQueue();
        InetSocketAddress connectedTo = state.connectedTo();
        // an adopted socket does not tell whether it chose its address itself when it was connected
        this.boundToAny = state.boundTo().getAddress().isAnyLocalAddress() || connectedTo != null;
        this.v4 = connectedTo != null && connectedTo.getAddress() instanceof Inet4Address;
    }

    boolean isV4() {
        return v4;
    }

    /** Sets or changes the peer. */
    void connect(InetSocketAddress address, AddressBits bits) throws UdpException {
        RawAddress raw = new RawAddress();
        bits.set(raw, address);
        if (raw.isV4()) {
            socket.requireV4(address);
        }
        lock.lock();
        try {
            int result = system.connect(handle, socket.family(), raw);
            if (result < 0 && boundToAny && isConnected()) {
                // the address that it took for the old peer may be of no use for the new one: let it take another
                dissolve();
                result = system.connect(handle, socket.family(), raw);
            }
            if (result < 0) {
                throw Failures.of(system, "connecting " + socket + " to " + address, result);
            }
            v4 = raw.isV4();
            forgetErrors();
        } finally {
            lock.unlock();
        }
    }

    /** Forgets the peer. */
    void disconnect() throws UdpException {
        lock.lock();
        try {
            if (isConnected()) {
                dissolve();
            }
        } finally {
            lock.unlock();
        }
    }

    /** The peer, or null. */
    InetSocketAddress address() throws UdpException {
        RawAddress raw = new RawAddress();
        int result = system.peerAddress(handle, raw);
        if (result >= 0) {
            return socket.backend().named(raw);
        }
        if (system.error(-result).kind() == ErrorKind.NOT_CONNECTED) {
            return null;
        }
        throw Failures.of(system, "asking " + socket + " for its peer", result);
    }

    private boolean isConnected() throws UdpException {
        return address() != null;
    }

    /** Linux lets go of a port that it chose itself, and of the device (__udp_disconnect): take them again. */
    private void dissolve() throws UdpException {
        int device = system.get(handle, socket.family(), Setting.DEVICE);
        RawAddress before = new RawAddress();
        Failures.check(system, "asking " + socket + " for its address", system.localAddress(handle, before));
        Failures.check(system, "disconnecting " + socket, system.disconnect(handle));
        if (device > 0) {
            Failures.check(
                    system,
                    "binding to the device again after disconnecting " + socket,
                    system.set(handle, socket.family(), Setting.DEVICE, device));
        }
        RawAddress after = new RawAddress();
        Failures.check(system, "asking " + socket + " for its address", system.localAddress(handle, after));
        if (after.port != before.port) {
            after.port = before.port;
            Failures.check(
                    system,
                    "taking the port " + before.port + " again after disconnecting " + socket,
                    system.bind(handle, socket.family(), after));
        }
        forgetErrors();
    }

    /** A refusal of the old peer is nobody's business any more. */
    private void forgetErrors() {
        socket.takeDeferred();
        system.takeError(handle);
        while (errorQueue && system.takeQueuedError(handle) != NetworkSystem.WOULD_BLOCK) {
            system.takeError(handle);
        }
    }

    /** Where the socket is bound. */
    InetSocketAddress localAddress() throws UdpException {
        RawAddress raw = new RawAddress();
        Failures.check(system, "asking " + socket + " for its address", system.localAddress(handle, raw));
        return socket.backend().named(raw);
    }
}
