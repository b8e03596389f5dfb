package org.datagram4j.sys.windows;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.Collections;
import org.datagram4j.sys.contract.RawAddress;
import org.datagram4j.sys.contract.Setting;
import org.datagram4j.sys.linkage.Memory;
import org.datagram4j.sys.linkage.WindowsCalls;

/** Reads and changes socket options, getsockopt and setsockopt. */
final class SocketOptions {
    // Where things are in the memory of a control call.
    private static final int LENGTH = 0;
    private static final int VALUE = 8;

    /** As much as a receive has room for. */
    private static final int MOST_COALESCED_BYTES = 65_535;

    private final WindowsSystem system;
    private final WindowsCalls calls;

    SocketOptions(WindowsSystem system) {
        this.system = system;
        this.calls = system.calls();
    }

    int get(long socket, boolean v6, Setting setting) {
        if (!SettingTable.has(v6, setting)) {
            return -WsaError.WSAENOPROTOOPT.code;
        }
        int value = number(socket, SettingTable.main(v6, setting));
        long follower = SettingTable.follower(v6, setting);
        if (value == -WsaError.WSAENOPROTOOPT.code && follower != 0) {
            value = number(socket, follower); // IPV6_TCLASS came late
        }
        return switch (setting) {
            case REUSE_ADDRESS, BROADCAST, V6_ONLY, DONT_FRAGMENT, MULTICAST_LOOP -> value > 0 ? 1 : value;
            case COALESCING -> value > 0 ? 1 : value;
            default -> value;
        };
    }

    int set(long socket, boolean v6, Setting setting, int value) {
        if (!SettingTable.has(v6, setting)) {
            return -WsaError.WSAENOPROTOOPT.code;
        }
        int number = setting == Setting.COALESCING && value != 0 ? MOST_COALESCED_BYTES : value;
        int result = set(socket, SettingTable.main(v6, setting), number);
        long follower = SettingTable.follower(v6, setting);
        if (follower != 0 && (result >= 0 || result == -WsaError.WSAENOPROTOOPT.code)) {
            int followed = set(socket, follower, number);
            return result < 0 ? followed : result;
        }
        return result;
    }

    private int set(long socket, long option, int value) {
        int level = (int) (option >>> 32);
        int name = (int) option;
        if (level == SocketConstants.IPPROTO_IP && name == SocketConstants.IP_MULTICAST_IF) {
            int byIndex = set(socket, level, name, Integer.reverseBytes(value)); // 0.0.0.index
            return byIndex >= 0 ? byIndex : set(socket, level, name, Integer.reverseBytes(v4AddressOf(value)));
        }
        return set(socket, level, name, value);
    }

    /** Changes an option that is a number. */
    int set(long socket, int level, int name, int value) {
        Memory m = system.borrow();
        try {
            m.bytes.putInt(VALUE, value);
            return calls.setsockopt(socket, level, name, m.address + VALUE, 4);
        } finally {
            system.giveBack(m);
        }
    }

    private int number(long socket, long option) {
        return number(socket, (int) (option >>> 32), (int) option);
    }

    /** Reads an option that is a number, of which Windows may write one byte alone. */
    int number(long socket, int level, int option) {
        Memory m = system.borrow();
        try {
            m.bytes.putInt(LENGTH, 4).putInt(VALUE, 0);
            int result = calls.getsockopt(socket, level, option, m.address + VALUE, m.address + LENGTH);
            return result < 0 ? result : m.bytes.getInt(VALUE);
        } finally {
            system.giveBack(m);
        }
    }

    int membership(long socket, RawAddress group, int interfaceIndex, RawAddress source, boolean join) {
        int result = byIndex(socket, group, interfaceIndex, source, join);
        if (result != -WsaError.WSAENOPROTOOPT.code) {
            return result;
        }
        // older than the requests that take either version
        return group.isV4()
                ? v4Membership(socket, group, v4AddressOf(interfaceIndex), source, join)
                : source == null ? v6Membership(socket, group, interfaceIndex, join) : result;
    }

    private int byIndex(long socket, RawAddress group, int interfaceIndex, RawAddress source, boolean join) {
        int level = group.isV4() ? SocketConstants.IPPROTO_IP : SocketConstants.IPPROTO_IPV6;
        int what = source == null
                ? join ? SocketConstants.MCAST_JOIN_GROUP : SocketConstants.MCAST_LEAVE_GROUP
                : join ? SocketConstants.MCAST_JOIN_SOURCE_GROUP : SocketConstants.MCAST_LEAVE_SOURCE_GROUP;
        Memory m = system.borrow();
        try {
            m.bytes.putLong(VALUE + GroupLayout.INTERFACE, 0).putInt(VALUE + GroupLayout.INTERFACE, interfaceIndex);
            AddressLayout.write(m.bytes, VALUE + GroupLayout.GROUP, group, true);
            if (source != null) {
                AddressLayout.write(m.bytes, VALUE + GroupLayout.SOURCE, source, true);
            }
            int size = source == null ? GroupLayout.SIZE : GroupLayout.SOURCE_SIZE;
            return calls.setsockopt(socket, level, what, m.address + VALUE, size);
        } finally {
            system.giveBack(m);
        }
    }

    private int v4Membership(long socket, RawAddress group, int interfaceAddress, RawAddress source, boolean join) {
        Memory m = system.borrow();
        try {
            m.bytes.putInt(VALUE + GroupLayout.V4_GROUP, Integer.reverseBytes((int) group.low));
            if (source == null) {
                m.bytes.putInt(VALUE + GroupLayout.V4_INTERFACE, Integer.reverseBytes(interfaceAddress));
            } else {
                m.bytes.putInt(VALUE + GroupLayout.V4_SOURCE, Integer.reverseBytes((int) source.low));
                m.bytes.putInt(VALUE + GroupLayout.V4_SOURCE_INTERFACE, Integer.reverseBytes(interfaceAddress));
            }
            int what = source == null
                    ? join ? SocketConstants.IP_ADD_MEMBERSHIP : SocketConstants.IP_DROP_MEMBERSHIP
                    : join ? SocketConstants.IP_ADD_SOURCE_MEMBERSHIP : SocketConstants.IP_DROP_SOURCE_MEMBERSHIP;
            int size = source == null ? GroupLayout.V4_SIZE : GroupLayout.V4_SOURCE_SIZE;
            return calls.setsockopt(socket, SocketConstants.IPPROTO_IP, what, m.address + VALUE, size);
        } finally {
            system.giveBack(m);
        }
    }

    private int v6Membership(long socket, RawAddress group, int interfaceIndex, boolean join) {
        int what = join ? SocketConstants.IPV6_ADD_MEMBERSHIP : SocketConstants.IPV6_DROP_MEMBERSHIP;
        Memory m = system.borrow();
        try {
            AddressLayout.writeV6(m.bytes, VALUE + GroupLayout.V6_GROUP, group);
            m.bytes.putInt(VALUE + GroupLayout.V6_INTERFACE, interfaceIndex);
            return calls.setsockopt(socket, SocketConstants.IPPROTO_IPV6, what, m.address + VALUE, GroupLayout.V6_SIZE);
        } finally {
            system.giveBack(m);
        }
    }

    /** An IPv4 address of an interface, or 0.0.0.index, which stands for it, too. */
    private static int v4AddressOf(int index) {
        try {
            NetworkInterface found = NetworkInterface.getByIndex(index);
            if (found != null) {
                for (InetAddress address : Collections.list(found.getInetAddresses())) {
                    if (address instanceof Inet4Address) {
                        byte[] bytes = address.getAddress();
                        return bytes[0] << 24 | (bytes[1] & 0xFF) << 16 | (bytes[2] & 0xFF) << 8 | bytes[3] & 0xFF;
                    }
                }
            }
        } catch (SocketException | IllegalArgumentException e) {
            return index; // then the system says what is wrong with it
        }
        return index;
    }
}
