package org.datagram4j.sys.windows;

import static org.datagram4j.sys.windows.MessageLayout.CONTROL_BYTES;
import static org.datagram4j.sys.windows.MessageLayout.CONTROL_HEADER;
import static org.datagram4j.sys.windows.MessageLayout.CONTROL_LEVEL;
import static org.datagram4j.sys.windows.MessageLayout.CONTROL_TYPE;

import java.nio.ByteBuffer;
import org.datagram4j.DatagramInfo;
import org.datagram4j.sys.contract.Datagrams;
import org.datagram4j.sys.contract.RawAddress;

/** Reads the control messages of one datagram. */
final class ControlReader {
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
        int end = begin + length;
        int at = begin;
        while (end - at >= CONTROL_HEADER) {
            long size = from.getLong(at + CONTROL_BYTES);
            if (size < CONTROL_HEADER || size > end - at) {
                return;
            }
            int data = at + CONTROL_HEADER;
            int bytes = (int) size - CONTROL_HEADER;
            int type = from.getInt(at + CONTROL_TYPE);
            switch (from.getInt(at + CONTROL_LEVEL)) {
                case SocketConstants.IPPROTO_IP -> ofV4(from, data, bytes, type, wanted, filler);
                case SocketConstants.IPPROTO_IPV6 -> ofV6(from, data, bytes, type, wanted, filler);
                case SocketConstants.IPPROTO_UDP -> ofUdp(from, data, bytes, type, wanted, filler);
                default -> {}
            }
            at += MessageLayout.controlSpace(bytes);
        }
    }

    private static void ofV4(ByteBuffer from, int data, int bytes, int type, int wanted, DatagramInfo.Filler filler) {
        switch (type) {
            case SocketConstants.IP_PKTINFO -> {
                if (bytes >= ControlWriter.V4_INFO_SIZE) {
                    int v4 = Integer.reverseBytes(from.getInt(data + ControlWriter.V4_INFO_ADDRESS));
                    int index = from.getInt(data + ControlWriter.V4_INFO_INTERFACE);
                    local(0, RawAddress.mapped(v4), index, wanted, filler);
                }
            }
            case SocketConstants.IP_TOS, SocketConstants.IP_RECVTOS -> trafficClass(from, data, bytes, wanted, filler);
            case SocketConstants.IP_TTL, SocketConstants.IP_RECVTTL -> hopLimit(from, data, bytes, wanted, filler);
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
            case SocketConstants.IPV6_TCLASS, SocketConstants.IPV6_RECVTCLASS ->
                trafficClass(from, data, bytes, wanted, filler);
            case SocketConstants.IPV6_HOPLIMIT -> hopLimit(from, data, bytes, wanted, filler);
            default -> {}
        }
    }

    private static void ofUdp(ByteBuffer from, int data, int bytes, int type, int wanted, DatagramInfo.Filler filler) {
        if (type == SocketConstants.UDP_COALESCED_INFO && bytes >= 4 && (wanted & Datagrams.SEGMENT_SIZE) != 0) {
            filler.segmentSize(from.getInt(data));
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
