package org.datagram4j.sys.linux;

import static org.datagram4j.sys.linux.MessageLayout.CONTROL_BYTES;
import static org.datagram4j.sys.linux.MessageLayout.CONTROL_HEADER;
import static org.datagram4j.sys.linux.MessageLayout.CONTROL_LEVEL;
import static org.datagram4j.sys.linux.MessageLayout.CONTROL_TYPE;

import java.nio.ByteBuffer;
import org.datagram4j.DatagramInfo;
import org.datagram4j.sys.contract.Datagrams;
import org.datagram4j.sys.contract.RawAddress;

/**
 * Reads the control messages of one datagram. A message that the kernel had to cut (MSG_CTRUNC) is passed over: half a
 * value is none.
 */
final class ControlReader {
    private static final long NANOS_PER_SECOND = 1_000_000_000;

    private ControlReader() {}

    /**
     * Tells what is wanted.
     *
     * @param from the memory
     * @param begin where the first message is
     * @param length how long they are together
     * @param wanted bits of {@link Datagrams}
     * @param filler told
     */
    static void read(ByteBuffer from, int begin, int length, int wanted, DatagramInfo.Filler filler) {
        if ((wanted & Datagrams.DROPS) != 0) {
            filler.dropCount(0); // the kernel says nothing until it has dropped one
        }
        int end = begin + length;
        int at = begin;
        while (end - at >= CONTROL_HEADER) {
            long size = from.getLong(at + CONTROL_BYTES);
            if (size < CONTROL_HEADER || size > end - at) {
                return;
            }
            int data = at + CONTROL_HEADER;
            int bytes = (int) size - CONTROL_HEADER;
            switch (from.getInt(at + CONTROL_LEVEL)) {
                case SocketConstants.SOL_SOCKET -> ofSocket(from, data, bytes, type(from, at), wanted, filler);
                case SocketConstants.IPPROTO_IP -> ofV4(from, data, bytes, type(from, at), wanted, filler);
                case SocketConstants.IPPROTO_IPV6 -> ofV6(from, data, bytes, type(from, at), wanted, filler);
                case SocketConstants.IPPROTO_UDP -> ofUdp(from, data, bytes, type(from, at), wanted, filler);
                default -> {}
            }
            at += MessageLayout.controlSpace(bytes);
        }
    }

    private static int type(ByteBuffer from, int at) {
        return from.getInt(at + CONTROL_TYPE);
    }

    private static void ofSocket(
            ByteBuffer from, int data, int bytes, int type, int wanted, DatagramInfo.Filler filler) {
        if (type == SocketConstants.SCM_TIMESTAMPNS && bytes >= 16 && (wanted & Datagrams.TIMESTAMP) != 0) {
            filler.timestampNanos(from.getLong(data) * NANOS_PER_SECOND + from.getLong(data + 8));
        } else if (type == SocketConstants.SO_RXQ_OVFL && bytes >= 4 && (wanted & Datagrams.DROPS) != 0) {
            filler.dropCount(Integer.toUnsignedLong(from.getInt(data)));
        }
    }

    private static void ofV4(ByteBuffer from, int data, int bytes, int type, int wanted, DatagramInfo.Filler filler) {
        switch (type) {
            case SocketConstants.IP_PKTINFO -> {
                if (bytes >= ControlWriter.V4_INFO_SIZE) {
                    int v4 = Integer.reverseBytes(from.getInt(data + ControlWriter.V4_INFO_ADDRESS));
                    local(
                            0,
                            RawAddress.mapped(v4),
                            from.getInt(data + ControlWriter.V4_INFO_INTERFACE),
                            wanted,
                            filler);
                }
            }
            case SocketConstants.IP_TOS -> trafficClass(from, data, bytes, wanted, filler);
            case SocketConstants.IP_TTL -> hopLimit(from, data, bytes, wanted, filler);
            default -> {}
        }
    }

    private static void ofV6(ByteBuffer from, int data, int bytes, int type, int wanted, DatagramInfo.Filler filler) {
        switch (type) {
            case SocketConstants.IPV6_PKTINFO -> {
                if (bytes >= ControlWriter.V6_INFO_SIZE) {
                    long high = Long.reverseBytes(from.getLong(data + ControlWriter.V6_INFO_ADDRESS));
                    long low = Long.reverseBytes(from.getLong(data + ControlWriter.V6_INFO_ADDRESS + 8));
                    local(high, low, from.getInt(data + ControlWriter.V6_INFO_INTERFACE), wanted, filler);
                }
            }
            case SocketConstants.IPV6_TCLASS -> trafficClass(from, data, bytes, wanted, filler);
            case SocketConstants.IPV6_HOPLIMIT -> hopLimit(from, data, bytes, wanted, filler);
            default -> {}
        }
    }

    private static void ofUdp(ByteBuffer from, int data, int bytes, int type, int wanted, DatagramInfo.Filler filler) {
        if (type == SocketConstants.UDP_GRO && bytes >= 4 && (wanted & Datagrams.SEGMENT_SIZE) != 0) {
            filler.segmentSize(from.getInt(data)); // an int, though UDP_SEGMENT is 16 bits
        }
    }

    private static void local(long high, long low, int interfaceIndex, int wanted, DatagramInfo.Filler filler) {
        if ((wanted & Datagrams.LOCAL_ADDRESS) != 0) {
            filler.localAddress(high, low);
        }
        if ((wanted & Datagrams.LOCAL_INTERFACE) != 0) {
            filler.interfaceIndex(interfaceIndex);
        }
    }

    /** One byte from IPv4, an int from IPv6. */
    private static void trafficClass(ByteBuffer from, int data, int bytes, int wanted, DatagramInfo.Filler filler) {
        if (bytes >= 1 && (wanted & Datagrams.TRAFFIC_CLASS) != 0) {
            filler.trafficClass(Byte.toUnsignedInt(from.get(data)));
        }
    }

    private static void hopLimit(ByteBuffer from, int data, int bytes, int wanted, DatagramInfo.Filler filler) {
        if (bytes >= 4 && (wanted & Datagrams.HOP_LIMIT) != 0) {
            filler.hopLimit(from.getInt(data));
        }
    }
}
