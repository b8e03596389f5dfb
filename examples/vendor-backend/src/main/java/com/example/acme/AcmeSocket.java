package com.example.acme;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import org.datagram4j.DatagramBatch;
import org.datagram4j.DatagramInfo;
import org.datagram4j.SendInfo;
import org.datagram4j.UdpBackend;
import org.datagram4j.UdpException;
import org.datagram4j.UdpSocket;
import org.datagram4j.spi.ForwardingSocket;

/** Counts what goes through the methods that send and receive; the other socket does the work. */
final class AcmeSocket extends ForwardingSocket {
    private final UdpBackend backend;
    private final Counters counters;

    AcmeSocket(UdpBackend backend, UdpSocket delegate, Counters counters) {
        super(delegate);
        this.backend = backend;
        this.counters = counters;
    }

    @Override
    public UdpBackend backend() {
        return backend;
    }

    @Override
    public int send(ByteBuffer payload) throws UdpException {
        return sent(super.send(payload));
    }

    @Override
    public int sendTo(ByteBuffer payload, InetSocketAddress destination) throws UdpException {
        return sent(super.sendTo(payload, destination));
    }

    @Override
    public int send(ByteBuffer payload, SendInfo info) throws UdpException {
        return sent(super.send(payload, info));
    }

    @Override
    public int sendSegmented(ByteBuffer payload, InetSocketAddress destination, int segmentBytes) throws UdpException {
        int bytes = super.sendSegmented(payload, destination, segmentBytes);
        if (bytes != WOULD_BLOCK) {
            counters.addSent((bytes + segmentBytes - 1) / segmentBytes);
        }
        return bytes;
    }

    @Override
    public int sendBatch(DatagramBatch batch, int first, int count) throws UdpException {
        int datagrams = super.sendBatch(batch, first, count);
        if (datagrams != WOULD_BLOCK) {
            counters.addSent(datagrams);
        }
        return datagrams;
    }

    @Override
    public int recv(ByteBuffer buffer) throws UdpException {
        return received(super.recv(buffer));
    }

    @Override
    public InetSocketAddress recvFrom(ByteBuffer buffer) throws UdpException {
        InetSocketAddress sender = super.recvFrom(buffer);
        if (sender != null) {
            counters.addReceived(1);
        }
        return sender;
    }

    @Override
    public int receive(ByteBuffer buffer, DatagramInfo info) throws UdpException {
        return received(super.receive(buffer, info));
    }

    @Override
    public int recvBatch(DatagramBatch batch, int first, int count) throws UdpException {
        int datagrams = super.recvBatch(batch, first, count);
        if (datagrams != WOULD_BLOCK) {
            counters.addReceived(datagrams);
        }
        return datagrams;
    }

    @Override
    public String toString() {
        return backend.name() + " on " + delegate();
    }

    private int sent(int bytes) {
        if (bytes != WOULD_BLOCK) {
            counters.addSent(1);
        }
        return bytes;
    }

    private int received(int bytes) {
        if (bytes != WOULD_BLOCK) {
            counters.addReceived(1);
        }
        return bytes;
    }
}
