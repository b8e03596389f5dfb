package org.datagram4j.sys;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import org.datagram4j.ErrorKind;
import org.datagram4j.SendInfo;
import org.datagram4j.UdpException;
import org.datagram4j.sys.contract.Datagrams;
import org.datagram4j.sys.contract.RawAddress;

/** How a datagram is to go: where to, where from, and with what in its header. Reused; belongs to one thread at a time. */
final class Route {
    private final RawAddress destination = new RawAddress();
    private final RawAddress source = new RawAddress();
    /** As the caller gave it, for messages; null for the peer. */
    private InetSocketAddress address;

    private boolean fromGiven;
    private InetAddress from;
    private boolean v4;
    private boolean controlled;
    private int interfaceIndex;
    private int trafficClass;
    private int hopLimit;

    /**
     * Takes what the caller asked for.
     *
     * @param socket whose datagram
     * @param bits takes addresses apart
     * @param to whom to, or null for the peer
     * @param info control, or null
     * @throws UdpException {@link ErrorKind#WRONG_FAMILY} if source and destination do not belong together
     */
    void plan(NativeSocket socket, AddressBits bits, InetSocketAddress to, SendInfo info) throws UdpException {
        if (to == null) {
            address = null;
            v4 = socket.peer().isV4();
        } else {
            if (to != address) { // very often it is the same again
                address = null;
                bits.set(destination, to);
            }
            address = to;
            v4 = destination.isV4();
            if (v4) {
                socket.requireV4(to);
            }
        }
        fromGiven = false;
        interfaceIndex = SendInfo.UNSET;
        trafficClass = SendInfo.UNSET;
        hopLimit = SendInfo.UNSET;
        if (info != null) {
            control(socket, bits, info);
        }
        controlled = fromGiven
                || interfaceIndex != SendInfo.UNSET
                || trafficClass != SendInfo.UNSET
                || hopLimit != SendInfo.UNSET;
    }

    private void control(NativeSocket socket, AddressBits bits, SendInfo info) throws UdpException {
        from = info.sourceAddress();
        if (from != null && !from.isAnyLocalAddress()) {
            fromGiven = true;
            bits.set(source, from, 0);
            if (source.isV4() != v4) {
                throw new UdpException(
                        ErrorKind.WRONG_FAMILY,
                        "the source address " + from.getHostAddress()
                                + " is of the other IP version than the destination");
            }
        }
        interfaceIndex = info.interfaceIndex();
        if (interfaceIndex == SendInfo.UNSET && fromGiven && source.scopeId > 0) {
            interfaceIndex = source.scopeId;
        }
        trafficClass = info.trafficClass();
        if (info.ecn() != SendInfo.UNSET) {
            int others = trafficClass == SendInfo.UNSET ? socket.options().trafficClass() : trafficClass;
            trafficClass = others & ~3 | info.ecn();
        }
        hopLimit = info.hopLimit();
    }

    /** Whether a send failed with the source given, and that is no address of this machine. */
    boolean hasForeignSource() {
        try {
            return fromGiven && !from.isLoopbackAddress() && NetworkInterface.getByInetAddress(from) == null;
        } catch (SocketException e) {
            return false;
        }
    }

    /** Writes it into a slot; for several datagrams, with the length of each. */
    void prepare(Datagrams datagrams, int slot, int offset, int bytes, boolean v4Socket, int segmentBytes) {
        datagrams.prepareSend(slot, offset, bytes, address == null ? null : destination, v4Socket);
        if (controlled || segmentBytes != SendInfo.UNSET) {
            datagrams.control(
                    slot, v4, fromGiven ? source : null, interfaceIndex, trafficClass, hopLimit, segmentBytes);
        }
    }

    /** Sends one datagram from the beginning of slot 0; for several, with the length of each. */
    int send(Datagrams datagrams, long handle, int bytes, boolean v4Socket, int segmentBytes) {
        if (!controlled && segmentBytes == SendInfo.UNSET) {
            return datagrams.sendPlain(handle, bytes, address == null ? null : destination, v4Socket);
        }
        prepare(datagrams, 0, 0, bytes, v4Socket, segmentBytes);
        return datagrams.send(handle, 0, 1);
    }

    @Override
    public String toString() {
        return address == null ? "the peer" : address.toString();
    }
}
