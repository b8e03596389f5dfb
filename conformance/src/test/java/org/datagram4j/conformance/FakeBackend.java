package org.datagram4j.conformance;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.net.InetSocketAddress;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectableChannel;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import org.datagram4j.Capability;
import org.datagram4j.DatagramBatch;
import org.datagram4j.DatagramInfo;
import org.datagram4j.Limit;
import org.datagram4j.Poll;
import org.datagram4j.Profile;
import org.datagram4j.Source;
import org.datagram4j.UdpBackend;
import org.datagram4j.UdpConfig;
import org.datagram4j.UdpSocket;

/** A backend without a network: its sockets are bound, and nothing ever comes. */
public final class FakeBackend implements UdpBackend {
    private final Set<Capability> capabilities = EnumSet.of(Capability.ERROR_CODE);

    /** For tests of all packages. */
    public FakeBackend() {}

    @Override
    public String name() {
        return "fake";
    }

    @Override
    public int ranking() {
        return -1;
    }

    @Override
    public Set<Capability> capabilities() {
        return capabilities;
    }

    @Override
    public Profile profile() {
        return Profile.UNIX;
    }

    @Override
    public long limit(Limit limit) {
        return 64;
    }

    @Override
    public Poll openPoll(Duration spin) {
        throw new UnsupportedOperationException("a fake has no poll");
    }

    @Override
    public UdpSocket open(UdpConfig config) {
        InvocationHandler silent = (proxy, method, arguments) -> {
            if (arguments != null && arguments[arguments.length - 1] instanceof DatagramInfo info) {
                info.fill();
            }
            Class<?> type = method.getReturnType();
            if (type == int.class) {
                return UdpSocket.WOULD_BLOCK;
            }
            return type == InetSocketAddress.class && method.getName().equals("localAddress")
                    ? config.localAddress()
                    : null;
        };
        return (UdpSocket)
                Proxy.newProxyInstance(FakeBackend.class.getClassLoader(), new Class<?>[] {UdpSocket.class}, silent);
    }

    @Override
    public UdpSocket adopt(DatagramChannel channel) {
        throw new UnsupportedOperationException("ADOPT_CHANNEL");
    }

    @Override
    public UdpSocket adopt(long handle) {
        throw new UnsupportedOperationException("ADOPT_HANDLE");
    }

    @Override
    public Source source(long handle) {
        throw new UnsupportedOperationException("HANDLE_SOURCE");
    }

    @Override
    public Source source(SelectableChannel channel) {
        throw new UnsupportedOperationException("CHANNEL_SOURCE");
    }

    @Override
    public DatagramBatch newBatch(int slots, int slotBytes) {
        throw new UnsupportedOperationException("a fake has no batches");
    }
}
