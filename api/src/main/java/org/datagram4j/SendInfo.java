package org.datagram4j;

import java.net.InetAddress;
import java.net.InetSocketAddress;

/**
 * Reusable control for one send: where to, and what to say to the system beyond the payload.
 *
 * <p>Values are checked here, when they are set; whether the backend can is checked by the send, which throws
 * {@link UnsupportedOperationException} naming the {@link Capability} before anything is sent. Belongs to one thread at
 * a time. Rules: UDP-SEND, UDP-META, UDP-SEG.
 */
public final class SendInfo {
    /** "Not set" for every number of this class: the socket's own setting holds. */
    public static final int UNSET = -1;

    private InetSocketAddress destination;
    private InetAddress sourceAddress;
    private int interfaceIndex;
    private int ecn;
    private int trafficClass;
    private int hopLimit;
    private int segmentBytes;

    /** A control that sets nothing. */
    public SendInfo() {
        clear();
    }

    /**
     * Unsets everything.
     *
     * @return this object
     */
    public SendInfo clear() {
        destination = null;
        sourceAddress = null;
        interfaceIndex = UNSET;
        ecn = UNSET;
        trafficClass = UNSET;
        hopLimit = UNSET;
        segmentBytes = UNSET;
        return this;
    }

    /**
     * Where the datagram goes.
     *
     * @param address the receiver, or null for the peer that the socket is connected to
     * @return this object
     */
    public SendInfo destination(InetSocketAddress address) {
        destination = address;
        return this;
    }

    /**
     * Which of the local addresses the datagram comes from. Needs {@link Capability#SOURCE_SELECTION}. The send throws
     * {@link ErrorKind#ADDRESS_NOT_AVAILABLE} if it is none of this machine's, and {@link ErrorKind#WRONG_FAMILY} if it is
     * of the other IP version than the destination.
     *
     * @param address an address of this machine, or null to let the system choose
     * @return this object
     */
    public SendInfo sourceAddress(InetAddress address) {
        sourceAddress = address;
        return this;
    }

    /**
     * Which interface the datagram leaves by. Needs {@link Capability#SOURCE_SELECTION}. The send throws
     * {@link ErrorKind#NO_SUCH_DEVICE} if there is none of that index.
     *
     * @param index 1 or greater, or {@link #UNSET}
     * @return this object
     * @throws IllegalArgumentException if out of range
     */
    public SendInfo interfaceIndex(int index) {
        interfaceIndex = range(index, 1, Integer.MAX_VALUE, "interface index");
        return this;
    }

    /**
     * The explicit congestion notification bits (RFC 3168), leaving the socket's other bits of the traffic class alone.
     * Needs {@link Capability#SEND_TRAFFIC_CLASS}.
     *
     * @param value 0 to 3, or {@link #UNSET}
     * @return this object
     * @throws IllegalArgumentException if out of range
     */
    public SendInfo ecn(int value) {
        ecn = range(value, 0, 3, "ECN");
        return this;
    }

    /**
     * The whole traffic class byte; {@link #ecn(int)} goes over its two low bits. Needs
     * {@link Capability#SEND_TRAFFIC_CLASS}.
     *
     * @param value 0 to 255, or {@link #UNSET}
     * @return this object
     * @throws IllegalArgumentException if out of range
     */
    public SendInfo trafficClass(int value) {
        trafficClass = range(value, 0, 255, "traffic class");
        return this;
    }

    /**
     * The time to live or hop limit. Needs {@link Capability#SEND_HOP_LIMIT}.
     *
     * @param value 1 to 255, or {@link #UNSET}
     * @return this object
     * @throws IllegalArgumentException if out of range
     */
    public SendInfo hopLimit(int value) {
        hopLimit = range(value, 1, 255, "hop limit");
        return this;
    }

    /**
     * Splits the payload into datagrams of this length, as {@link UdpSocket#sendSegmented} does; available everywhere.
     *
     * @param bytes 1 to 65,527, or {@link #UNSET}
     * @return this object
     * @throws IllegalArgumentException if out of range
     */
    public SendInfo segmentBytes(int bytes) {
        segmentBytes = range(bytes, 1, 65_527, "segment size");
        return this;
    }

    /**
     * See {@link #destination(InetSocketAddress)}.
     *
     * @return the receiver, or null for the connected peer
     */
    public InetSocketAddress destination() {
        return destination;
    }

    /**
     * See {@link #sourceAddress(InetAddress)}.
     *
     * @return the address, or null if not set
     */
    public InetAddress sourceAddress() {
        return sourceAddress;
    }

    /**
     * See {@link #interfaceIndex(int)}.
     *
     * @return the index, or {@link #UNSET}
     */
    public int interfaceIndex() {
        return interfaceIndex;
    }

    /**
     * See {@link #ecn(int)}.
     *
     * @return 0 to 3, or {@link #UNSET}
     */
    public int ecn() {
        return ecn;
    }

    /**
     * See {@link #trafficClass(int)}.
     *
     * @return 0 to 255, or {@link #UNSET}
     */
    public int trafficClass() {
        return trafficClass;
    }

    /**
     * See {@link #hopLimit(int)}.
     *
     * @return 1 to 255, or {@link #UNSET}
     */
    public int hopLimit() {
        return hopLimit;
    }

    /**
     * See {@link #segmentBytes(int)}.
     *
     * @return bytes per datagram, or {@link #UNSET}
     */
    public int segmentBytes() {
        return segmentBytes;
    }

    private static int range(int value, int least, int most, String what) {
        if (value != UNSET && (value < least || value > most)) {
            throw new IllegalArgumentException("the " + what + " is " + least + " to " + most + ", not " + value);
        }
        return value;
    }
}
