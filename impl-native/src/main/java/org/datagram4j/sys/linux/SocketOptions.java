package org.datagram4j.sys.linux;

import java.nio.charset.StandardCharsets;
import org.datagram4j.sys.contract.RawAddress;
import org.datagram4j.sys.contract.Setting;
import org.datagram4j.sys.linkage.LinuxCalls;
import org.datagram4j.sys.linkage.Memory;

/** Reads and changes socket options, getsockopt and setsockopt. */
final class SocketOptions {
    // Where things are in the memory of a control call.
    private static final int LENGTH = 0;
    /** IFNAMSIZ, less the zero behind the name. */
    private static final int LONGEST_DEVICE = 15;

    private static final int VALUE = 8;

    private final LinuxSystem system;
    private final LinuxCalls calls;

    SocketOptions(LinuxSystem system) {
        this.system = system;
        this.calls = system.calls();
    }

    int get(int fd, boolean v6, Setting setting) {
        long option = SettingTable.main(v6, setting);
        int value = number(fd, (int) (option >>> 32), (int) option);
        if (value == -Errno.ENOTCONN.code && v6 && setting == Setting.PATH_MTU) {
            return number(fd, SocketConstants.IPPROTO_IP, SocketConstants.IP_MTU); // an IPv4 peer
        }
        if (value < 0) {
            return value;
        }
        return switch (setting) {
            case RECEIVE_BUFFER, SEND_BUFFER -> value / 2; // the kernel doubles what it grants, for its own needs
            case DONT_FRAGMENT -> value == SocketConstants.IP_PMTUDISC_DO ? 1 : 0;
            default -> value;
        };
    }

    int set(int fd, boolean v6, Setting setting, int value) {
        int number = value;
        if (setting == Setting.DONT_FRAGMENT) {
            number = value != 0 ? SocketConstants.IP_PMTUDISC_DO : SocketConstants.IP_PMTUDISC_DONT;
        }
        int result = set(fd, SettingTable.main(v6, setting), number);
        long follower = SettingTable.follower(v6, setting);
        if (result >= 0 && follower != 0) {
            set(fd, follower, number);
        }
        return result;
    }

    private int set(int fd, long option, int value) {
        int level = (int) (option >>> 32);
        int optionName = (int) option;
        Memory m = system.borrow();
        try {
            if (level == SocketConstants.IPPROTO_IP && optionName == SocketConstants.IP_MULTICAST_IF) {
                m.bytes.putLong(VALUE, 0).putInt(VALUE + GroupLayout.MREQN_INTERFACE, value);
                return calls.setsockopt(fd, level, optionName, m.address + VALUE, GroupLayout.MREQN_SIZE);
            }
            m.bytes.putInt(VALUE, value);
            return calls.setsockopt(fd, level, optionName, m.address + VALUE, 4);
        } finally {
            system.giveBack(m);
        }
    }

    /** Reads an option that is a number. */
    int number(int fd, int level, int option) {
        Memory m = system.borrow();
        try {
            m.bytes.putInt(LENGTH, 4).putInt(VALUE, 0);
            int result = calls.getsockopt(fd, level, option, m.address + VALUE, m.address + LENGTH);
            return result < 0 ? result : m.bytes.getInt(VALUE);
        } finally {
            system.giveBack(m);
        }
    }

    int bindToDevice(int fd, String device) {
        byte[] bytes = device.getBytes(StandardCharsets.UTF_8);
        if (bytes.length > LONGEST_DEVICE || device.indexOf(0) >= 0) {
            return -Errno.ENODEV.code; // the kernel would take the beginning for the name
        }
        Memory m = system.borrow();
        try {
            m.bytes.put(VALUE, bytes);
            return calls.setsockopt(
                    fd, SocketConstants.SOL_SOCKET, SocketConstants.SO_BINDTODEVICE, m.address + VALUE, bytes.length);
        } finally {
            system.giveBack(m);
        }
    }

    int membership(int fd, RawAddress group, int interfaceIndex, RawAddress source, boolean join) {
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
            return calls.setsockopt(fd, level, what, m.address + VALUE, size);
        } finally {
            system.giveBack(m);
        }
    }
}
