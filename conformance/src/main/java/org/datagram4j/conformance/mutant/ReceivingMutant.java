package org.datagram4j.conformance.mutant;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import org.datagram4j.DatagramInfo;
import org.datagram4j.UdpException;
import org.datagram4j.UdpSocket;
import org.datagram4j.spi.ForwardingSocket;

/** A socket whose six ways to receive and peek all go through one method, to be broken there. */
abstract class ReceivingMutant extends ForwardingSocket {
    ReceivingMutant(UdpSocket working) {
        super(working);
    }

    /** A receive or peek of the working socket. */
    interface Take {
        int into(ByteBuffer buffer, DatagramInfo info) throws UdpException;
    }

    /** The broken receive or peek. */
    abstract int take(Take working, boolean peek, ByteBuffer buffer, DatagramInfo info) throws UdpException;

    final boolean connected() {
        try {
            peerAddress();
            return true;
        } catch (UdpException e) {
            return false;
        }
    }

    /** Says the same of the same datagram, but for its length. */
    static void relength(DatagramInfo info, int delivered, boolean truncated, int original) {
        InetSocketAddress sender = info.sender();
        info.fill().sender(sender).length(delivered, truncated, original);
    }

    @Override
    public int recv(ByteBuffer buffer) throws UdpException {
        return take(super::receive, false, buffer, new DatagramInfo());
    }

    @Override
    public InetSocketAddress recvFrom(ByteBuffer buffer) throws UdpException {
        DatagramInfo info = new DatagramInfo();
        return take(super::receive, false, buffer, info) == WOULD_BLOCK ? null : info.sender();
    }

    @Override
    public int receive(ByteBuffer buffer, DatagramInfo info) throws UdpException {
        return take(super::receive, false, buffer, info);
    }

    @Override
    public int peek(ByteBuffer buffer) throws UdpException {
        return take(super::peek, true, buffer, new DatagramInfo());
    }

    @Override
    public InetSocketAddress peekFrom(ByteBuffer buffer) throws UdpException {
        DatagramInfo info = new DatagramInfo();
        return take(super::peek, true, buffer, info) == WOULD_BLOCK ? null : info.sender();
    }

    @Override
    public int peek(ByteBuffer buffer, DatagramInfo info) throws UdpException {
        return take(super::peek, true, buffer, info);
    }
}
