package org.datagram4j.sys.contract;

import java.nio.ByteBuffer;
import org.datagram4j.DatagramInfo;

/**
 * Memory for datagrams in the form that the system wants: payloads, and for each what to say and what was said about it.
 * Belongs to one thread at a time.
 *
 * <p>A receive: {@link #prepareReceive} each slot, {@link #receive}, then look at the slots that were filled. A send:
 * {@link #prepareSend} each slot, {@link #send}. Neither allocates.
 */
public interface Datagrams {
    /** Stands for the length of a datagram that was too long, if the system says no more about it. */
    int LONGER = Integer.MAX_VALUE;

    /** Bit of {@link #describe}: tell the local address. */
    int LOCAL_ADDRESS = 1;

    /** Bit of {@link #describe}: tell the local interface. */
    int LOCAL_INTERFACE = 1 << 1;

    /** Bit of {@link #describe}: tell the traffic class. */
    int TRAFFIC_CLASS = 1 << 2;

    /** Bit of {@link #describe}: tell the hop limit. */
    int HOP_LIMIT = 1 << 3;

    /** Bit of {@link #describe}: tell the time of arrival. */
    int TIMESTAMP = 1 << 4;

    /** Bit of {@link #describe}: tell how many were dropped. */
    int DROPS = 1 << 5;

    /** Bit of {@link #describe}: tell the segment size. */
    int SEGMENT_SIZE = 1 << 6;

    /**
     * A slot's payload.
     *
     * @param slot which
     * @return always the same buffer, of the capacity asked for
     */
    ByteBuffer payload(int slot);

    /**
     * Says how much one slot may receive.
     *
     * @param slot which
     * @param bytes room, from the slot's beginning
     * @param metadata whether anything but the sender may have to be told
     */
    void prepareReceive(int slot, int bytes, boolean metadata);

    /**
     * Says what one slot sends, and to whom; control follows.
     *
     * @param slot which
     * @param offset where the payload begins in the slot
     * @param bytes its length
     * @param to whom to, or null for the peer
     * @param v4Socket whether the socket is one of IPv4
     */
    void prepareSend(int slot, int offset, int bytes, RawAddress to, boolean v4Socket);

    /**
     * Adds control to what {@link #prepareSend} said. Numbers are {@code SendInfo.UNSET} where nothing is to be said.
     *
     * @param slot which
     * @param v4 whether the datagram goes by IPv4
     * @param source where from, its port ignored, or null
     * @param interfaceIndex the interface
     * @param trafficClass the traffic class
     * @param hopLimit the hop limit
     * @param segmentBytes the length of segments; the payload is longer
     */
    void control(
            int slot,
            boolean v4,
            RawAddress source,
            int interfaceIndex,
            int trafficClass,
            int hopLimit,
            int segmentBytes);

    /**
     * Sends slots that were prepared, each at most once, in order, by one system call.
     *
     * @param handle the socket
     * @param first the first slot
     * @param count how many, 1 or greater
     * @return how many were sent, 1 or greater, {@link NetworkSystem#WOULD_BLOCK}, or an error code, negated
     */
    int send(long handle, int first, int count);

    /**
     * Receives into slots that were prepared, in order, by one system call.
     *
     * @param handle the socket
     * @param first the first slot
     * @param count how many, 1 or greater
     * @param peek whether to leave them queued; for one slot only
     * @return how many were filled, 1 or greater, {@link NetworkSystem#WOULD_BLOCK}, or an error code, negated
     */
    int receive(long handle, int first, int count, boolean peek);

    /**
     * Sends slot 0 alone, from its beginning, with nothing to be said but whom to. What was prepared for the slot is lost.
     *
     * @param handle the socket
     * @param bytes the length of the payload
     * @param to whom to, or null for the peer
     * @param v4Socket whether the socket is one of IPv4
     * @return 1, {@link NetworkSystem#WOULD_BLOCK}, or an error code, negated
     */
    default int sendPlain(long handle, int bytes, RawAddress to, boolean v4Socket) {
        prepareSend(0, 0, bytes, to, v4Socket);
        return send(handle, 0, 1);
    }

    /**
     * Receives into slot 0 alone, with nothing to be told but the sender. What was prepared for the slot is lost.
     *
     * @param handle the socket
     * @param bytes room, from the slot's beginning
     * @param peek whether to leave it queued
     * @return the datagram's original length, {@link NetworkSystem#WOULD_BLOCK}, or an error code, negated
     */
    default int receivePlain(long handle, int bytes, boolean peek) {
        prepareReceive(0, bytes, false);
        int result = receive(handle, 0, 1, peek);
        return result < 0 ? result : originalLength(0);
    }

    /**
     * How long the datagram in a slot was, also if its end is missing.
     *
     * @param slot a slot that was filled
     * @return bytes, or {@link #LONGER} if its end is missing and the system does not tell how much
     */
    int originalLength(int slot);

    /**
     * Who sent the datagram in a slot.
     *
     * @param slot a slot that was filled
     * @param into gets the address
     */
    void sender(int slot, RawAddress into);

    /**
     * Tells what was said about a datagram besides its sender and lengths.
     *
     * @param slot a slot that was filled
     * @param wanted bits of this class
     * @param filler told; its sender is set already
     */
    void describe(int slot, int wanted, DatagramInfo.Filler filler);
}
