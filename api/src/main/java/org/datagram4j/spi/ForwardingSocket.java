package org.datagram4j.spi;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketOption;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.Objects;
import java.util.Set;
import org.datagram4j.DatagramBatch;
import org.datagram4j.DatagramInfo;
import org.datagram4j.Interest;
import org.datagram4j.IoOperation;
import org.datagram4j.Registry;
import org.datagram4j.SendInfo;
import org.datagram4j.Token;
import org.datagram4j.TruncationPolicy;
import org.datagram4j.UdpBackend;
import org.datagram4j.UdpException;
import org.datagram4j.UdpSocket;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A socket that forwards every call to another; subclasses change what they care about. The convenience methods of
 * {@link UdpSocket} go through {@link #getOption}, {@link #setOption}, {@link #join} and {@link #leave} of this class.
 */
@ConsumerType
public class ForwardingSocket implements UdpSocket {
    private final UdpSocket delegate;

    /**
     * Forwards everything.
     *
     * @param delegate what the calls go to
     */
    public ForwardingSocket(UdpSocket delegate) {
        this.delegate = Objects.requireNonNull(delegate, "delegate");
    }

    /**
     * What the calls go to.
     *
     * @return the delegate
     */
    protected UdpSocket delegate() {
        return delegate;
    }

    @Override
    public void register(Registry registry, Token token, Interest interest) throws IOException {
        delegate.register(registry, token, interest);
    }

    @Override
    public void reregister(Registry registry, Token token, Interest interest) throws IOException {
        delegate.reregister(registry, token, interest);
    }

    @Override
    public void deregister(Registry registry) throws IOException {
        delegate.deregister(registry);
    }

    @Override
    public UdpBackend backend() {
        return delegate.backend();
    }

    @Override
    public StandardProtocolFamily family() {
        return delegate.family();
    }

    @Override
    public boolean isOpen() {
        return delegate.isOpen();
    }

    @Override
    public InetSocketAddress localAddress() throws UdpException {
        return delegate.localAddress();
    }

    @Override
    public InetSocketAddress peerAddress() throws UdpException {
        return delegate.peerAddress();
    }

    @Override
    public void connect(InetSocketAddress peer) throws UdpException {
        delegate.connect(peer);
    }

    @Override
    public void disconnect() throws UdpException {
        delegate.disconnect();
    }

    @Override
    public int send(ByteBuffer payload) throws UdpException {
        return delegate.send(payload);
    }

    @Override
    public int sendTo(ByteBuffer payload, InetSocketAddress destination) throws UdpException {
        return delegate.sendTo(payload, destination);
    }

    @Override
    public int send(ByteBuffer payload, SendInfo info) throws UdpException {
        return delegate.send(payload, info);
    }

    @Override
    public int sendSegmented(ByteBuffer payload, InetSocketAddress destination, int segmentBytes) throws UdpException {
        return delegate.sendSegmented(payload, destination, segmentBytes);
    }

    @Override
    public int sendBatch(DatagramBatch batch, int first, int count) throws UdpException {
        return delegate.sendBatch(batch, first, count);
    }

    @Override
    public int recv(ByteBuffer buffer) throws UdpException {
        return delegate.recv(buffer);
    }

    @Override
    public InetSocketAddress recvFrom(ByteBuffer buffer) throws UdpException {
        return delegate.recvFrom(buffer);
    }

    @Override
    public int receive(ByteBuffer buffer, DatagramInfo info) throws UdpException {
        return delegate.receive(buffer, info);
    }

    @Override
    public int recvBatch(DatagramBatch batch, int first, int count) throws UdpException {
        return delegate.recvBatch(batch, first, count);
    }

    @Override
    public int peek(ByteBuffer buffer) throws UdpException {
        return delegate.peek(buffer);
    }

    @Override
    public InetSocketAddress peekFrom(ByteBuffer buffer) throws UdpException {
        return delegate.peekFrom(buffer);
    }

    @Override
    public int peek(ByteBuffer buffer, DatagramInfo info) throws UdpException {
        return delegate.peek(buffer, info);
    }

    @Override
    public TruncationPolicy truncationPolicy() throws UdpException {
        return delegate.truncationPolicy();
    }

    @Override
    public void setTruncationPolicy(TruncationPolicy policy) throws UdpException {
        delegate.setTruncationPolicy(policy);
    }

    @Override
    public UdpException takeError() throws UdpException {
        return delegate.takeError();
    }

    @Override
    public int tryIo(Interest interest, IoOperation operation) throws IOException {
        return delegate.tryIo(interest, operation);
    }

    @Override
    public long rawHandle() throws UdpException {
        return delegate.rawHandle();
    }

    @Override
    public long releaseHandle() throws UdpException {
        return delegate.releaseHandle();
    }

    @Override
    public DatagramChannel releaseChannel() throws UdpException {
        return delegate.releaseChannel();
    }

    @Override
    public Set<SocketOption<?>> supportedOptions() {
        return delegate.supportedOptions();
    }

    @Override
    public <T> T getOption(SocketOption<T> option) throws UdpException {
        return delegate.getOption(option);
    }

    @Override
    public <T> void setOption(SocketOption<T> option, T value) throws UdpException {
        delegate.setOption(option, value);
    }

    @Override
    public void join(InetAddress group, NetworkInterface netIf) throws UdpException {
        delegate.join(group, netIf);
    }

    @Override
    public void join(InetAddress group, NetworkInterface netIf, InetAddress source) throws UdpException {
        delegate.join(group, netIf, source);
    }

    @Override
    public void leave(InetAddress group, NetworkInterface netIf) throws UdpException {
        delegate.leave(group, netIf);
    }

    @Override
    public void leave(InetAddress group, NetworkInterface netIf, InetAddress source) throws UdpException {
        delegate.leave(group, netIf, source);
    }

    @Override
    public void close() {
        delegate.close();
    }

    @Override
    public String toString() {
        return delegate.toString();
    }
}
