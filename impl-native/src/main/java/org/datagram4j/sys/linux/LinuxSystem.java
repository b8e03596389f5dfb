package org.datagram4j.sys.linux;

import java.net.StandardProtocolFamily;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.datagram4j.Capability;
import org.datagram4j.ErrorKind;
import org.datagram4j.Profile;
import org.datagram4j.UdpException;
import org.datagram4j.spi.Pool;
import org.datagram4j.sys.contract.Datagrams;
import org.datagram4j.sys.contract.NetworkSystem;
import org.datagram4j.sys.contract.RawAddress;
import org.datagram4j.sys.contract.Setting;
import org.datagram4j.sys.contract.SystemError;
import org.datagram4j.sys.contract.SystemPoll;
import org.datagram4j.sys.linkage.Linkage;
import org.datagram4j.sys.linkage.LinuxCalls;

/** Linux, by the calls of a linkage. */
public final class LinuxSystem implements NetworkSystem {
    /** Old kernels take 64, newer ones 128 (UDP_MAX_SEGMENTS). */
    private static final int SEGMENTS = 64;

    // Where things are in the memory of a control call.
    private static final int LENGTH = 0;
    private static final int VALUE = 8;
    private static final int CONTROL_MEMORY = 512;

    // struct sock_extended_err, <linux/errqueue.h>: uint32_t ee_errno, ...
    private static final int ERROR_CONTROL = 128;
    private static final int ERROR_CONTROL_SIZE = 256;

    private final Linkage linkage;
    private final LinuxCalls calls;
    private final EpollLayout epoll;
    private final String name;
    private final Pool<Memory> memory;
    private final Set<Capability> capabilities;

    private LinuxSystem(Linkage linkage, String processor) {
        this.linkage = linkage;
        this.calls = linkage.linux();
        this.epoll = EpollLayout.on(processor);
        this.name = "Linux " + System.getProperty("os.version", "") + " on " + processor + " by " + linkage.name();
        this.memory = Pool.perProcessor(() -> new Memory(linkage, CONTROL_MEMORY));
        this.capabilities = Probe.capabilities(this);
    }

    /**
     * Finds out what this kernel can do.
     *
     * @param linkage how to call it
     * @param processor Java's name for the processor
     * @return the system
     * @throws UnsupportedOperationException if it lacks what we cannot do without, saying what
     */
    public static LinuxSystem open(Linkage linkage, String processor) {
        return new LinuxSystem(linkage, processor);
    }

    /** Makes {@link #WOULD_BLOCK} of what means so. */
    static int code(int result) {
        return result == -Errno.EAGAIN.code ? WOULD_BLOCK : result;
    }

    Linkage linkage() {
        return linkage;
    }

    LinuxCalls calls() {
        return calls;
    }

    EpollLayout epoll() {
        return epoll;
    }

    Memory borrow() {
        return memory.borrow();
    }

    /** Takes memory back after a call that saw its address. */
    void giveBack(Memory borrowed) {
        borrowed.keep();
        memory.giveBack(borrowed);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Profile profile() {
        return Profile.UNIX;
    }

    @Override
    public Set<Capability> capabilities() {
        return capabilities;
    }

    @Override
    public int segments() {
        return SEGMENTS;
    }

    @Override
    public SystemError error(int code) {
        return Errno.describe(code);
    }

    @Override
    public int messageTooLong() {
        return Errno.EMSGSIZE.code;
    }

    @Override
    public boolean refusesSegments(int code) {
        // EIO: no checksum offload on the device; EINVAL: none of UDP_SEGMENT, or segments longer than the link's MTU
        return code == Errno.EIO.code || code == Errno.EINVAL.code || code == Errno.EMSGSIZE.code;
    }

    @Override
    public long open(StandardProtocolFamily family) {
        boolean v6 = family == StandardProtocolFamily.INET6;
        int fd = calls.socket(
                v6 ? SocketConstants.AF_INET6 : SocketConstants.AF_INET,
                SocketConstants.SOCK_DGRAM | SocketConstants.SOCK_NONBLOCK | SocketConstants.SOCK_CLOEXEC,
                SocketConstants.IPPROTO_UDP);
        if (fd >= 0 && v6) {
            set(fd, family, Setting.V6_ONLY, 0); // whatever net.ipv6.bindv6only says
        }
        return fd;
    }

    @Override
    public int adopt(long handle) {
        int fd = (int) handle;
        if (handle != fd) {
            return -Errno.EBADF.code;
        }
        int flags = calls.fcntl(fd, SocketConstants.F_GETFL, 0);
        if (flags < 0) {
            return flags;
        }
        int type = option(fd, SocketConstants.SOL_SOCKET, SocketConstants.SO_TYPE);
        int domain = option(fd, SocketConstants.SOL_SOCKET, SocketConstants.SO_DOMAIN);
        int protocol = option(fd, SocketConstants.SOL_SOCKET, SocketConstants.SO_PROTOCOL);
        boolean v4 = domain == SocketConstants.AF_INET;
        if (type != SocketConstants.SOCK_DGRAM
                || protocol != SocketConstants.IPPROTO_UDP
                || !v4 && domain != SocketConstants.AF_INET6) {
            return 0;
        }
        RawAddress local = new RawAddress();
        if (localAddress(fd, local) < 0 || local.port == 0) {
            return 0;
        }
        int changed = calls.fcntl(fd, SocketConstants.F_SETFL, flags | SocketConstants.O_NONBLOCK);
        return changed < 0 ? changed : v4 ? 4 : 6;
    }

    @Override
    public int bind(long handle, StandardProtocolFamily family, RawAddress address) {
        Memory m = memory.borrow();
        try {
            int size = AddressLayout.write(m.bytes, VALUE, address, family == StandardProtocolFamily.INET);
            return calls.bind((int) handle, m.address + VALUE, size);
        } finally {
            giveBack(m);
        }
    }

    @Override
    public int connect(long handle, StandardProtocolFamily family, RawAddress peer) {
        Memory m = memory.borrow();
        try {
            int size = AddressLayout.write(m.bytes, VALUE, peer, family == StandardProtocolFamily.INET);
            return calls.connect((int) handle, m.address + VALUE, size);
        } finally {
            giveBack(m);
        }
    }

    @Override
    public int disconnect(long handle) {
        Memory m = memory.borrow();
        try {
            m.bytes.putLong(VALUE, SocketConstants.AF_UNSPEC).putLong(VALUE + 8, 0);
            return calls.connect((int) handle, m.address + VALUE, AddressLayout.V4_SIZE);
        } finally {
            giveBack(m);
        }
    }

    @Override
    public int localAddress(long handle, RawAddress into) {
        Memory m = memory.borrow();
        try {
            m.bytes.putInt(LENGTH, AddressLayout.V6_SIZE);
            int result = calls.getsockname((int) handle, m.address + VALUE, m.address + LENGTH);
            return read(result, m, into);
        } finally {
            giveBack(m);
        }
    }

    @Override
    public int peerAddress(long handle, RawAddress into) {
        Memory m = memory.borrow();
        try {
            m.bytes.putInt(LENGTH, AddressLayout.V6_SIZE);
            int result = calls.getpeername((int) handle, m.address + VALUE, m.address + LENGTH);
            return read(result, m, into);
        } finally {
            giveBack(m);
        }
    }

    private static int read(int result, Memory m, RawAddress into) {
        return result < 0 || AddressLayout.read(m.bytes, VALUE, into) ? result : -Errno.EAFNOSUPPORT.code;
    }

    @Override
    public int takeError(long handle) {
        return option((int) handle, SocketConstants.SOL_SOCKET, SocketConstants.SO_ERROR);
    }

    @Override
    public int takeQueuedError(long handle) {
        Memory m = memory.borrow();
        try {
            for (int i = 0; i < MessageLayout.MESSAGE_SIZE; i += 8) {
                m.bytes.putLong(i, 0);
            }
            m.bytes.putLong(MessageLayout.CONTROL, m.address + ERROR_CONTROL);
            m.bytes.putLong(MessageLayout.CONTROL_LENGTH, ERROR_CONTROL_SIZE);
            long result =
                    calls.recvmsg((int) handle, m.address, SocketConstants.MSG_ERRQUEUE | SocketConstants.MSG_DONTWAIT);
            return result < 0 ? code((int) result) : queuedError(m);
        } finally {
            giveBack(m);
        }
    }

    private static int queuedError(Memory m) {
        int length = (int) m.bytes.getLong(MessageLayout.CONTROL_LENGTH);
        int at = ERROR_CONTROL;
        int end = ERROR_CONTROL + Math.min(length, ERROR_CONTROL_SIZE);
        while (end - at >= MessageLayout.CONTROL_HEADER + 4) {
            int size = (int) m.bytes.getLong(at + MessageLayout.CONTROL_BYTES);
            int level = m.bytes.getInt(at + MessageLayout.CONTROL_LEVEL);
            int type = m.bytes.getInt(at + MessageLayout.CONTROL_TYPE);
            if (level == SocketConstants.IPPROTO_IP && type == SocketConstants.IP_RECVERR
                    || level == SocketConstants.IPPROTO_IPV6 && type == SocketConstants.IPV6_RECVERR) {
                return m.bytes.getInt(at + MessageLayout.CONTROL_HEADER);
            }
            if (size < MessageLayout.CONTROL_HEADER) {
                break;
            }
            at += MessageLayout.controlSpace(size - MessageLayout.CONTROL_HEADER);
        }
        return Errno.EIO.code; // an entry that does not say
    }

    @Override
    public boolean has(StandardProtocolFamily family, Setting setting) {
        return SettingTable.has(family == StandardProtocolFamily.INET6, setting);
    }

    @Override
    public int get(long handle, StandardProtocolFamily family, Setting setting) {
        boolean v6 = family == StandardProtocolFamily.INET6;
        long option = SettingTable.main(v6, setting);
        int value = option((int) handle, (int) (option >>> 32), (int) option);
        if (value == -Errno.ENOTCONN.code && v6 && setting == Setting.PATH_MTU) {
            return option((int) handle, SocketConstants.IPPROTO_IP, SocketConstants.IP_MTU); // an IPv4 peer
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

    @Override
    public int set(long handle, StandardProtocolFamily family, Setting setting, int value) {
        boolean v6 = family == StandardProtocolFamily.INET6;
        int number = value;
        if (setting == Setting.DONT_FRAGMENT) {
            number = value != 0 ? SocketConstants.IP_PMTUDISC_DO : SocketConstants.IP_PMTUDISC_DONT;
        }
        int result = set((int) handle, SettingTable.main(v6, setting), number);
        long follower = SettingTable.follower(v6, setting);
        if (result >= 0 && follower != 0) {
            set((int) handle, follower, number);
        }
        return result;
    }

    private int set(int fd, long option, int value) {
        int level = (int) (option >>> 32);
        int optionName = (int) option;
        Memory m = memory.borrow();
        try {
            if (level == SocketConstants.IPPROTO_IP && optionName == SocketConstants.IP_MULTICAST_IF) {
                m.bytes.putLong(VALUE, 0).putInt(VALUE + GroupLayout.MREQN_INTERFACE, value);
                return calls.setsockopt(fd, level, optionName, m.address + VALUE, GroupLayout.MREQN_SIZE);
            }
            m.bytes.putInt(VALUE, value);
            return calls.setsockopt(fd, level, optionName, m.address + VALUE, 4);
        } finally {
            giveBack(m);
        }
    }

    /** Reads an option that is a number. */
    int option(int fd, int level, int option) {
        Memory m = memory.borrow();
        try {
            m.bytes.putInt(LENGTH, 4).putInt(VALUE, 0);
            int result = calls.getsockopt(fd, level, option, m.address + VALUE, m.address + LENGTH);
            return result < 0 ? result : m.bytes.getInt(VALUE);
        } finally {
            giveBack(m);
        }
    }

    @Override
    public int bindToDevice(long handle, String device) {
        byte[] bytes = device.getBytes(StandardCharsets.UTF_8);
        if (bytes.length > CONTROL_MEMORY - VALUE) {
            return -Errno.ENODEV.code;
        }
        Memory m = memory.borrow();
        try {
            m.bytes.put(VALUE, bytes);
            return calls.setsockopt(
                    (int) handle,
                    SocketConstants.SOL_SOCKET,
                    SocketConstants.SO_BINDTODEVICE,
                    m.address + VALUE,
                    bytes.length);
        } finally {
            giveBack(m);
        }
    }

    @Override
    public int membership(long handle, RawAddress group, int interfaceIndex, RawAddress source, boolean join) {
        int level = group.isV4() ? SocketConstants.IPPROTO_IP : SocketConstants.IPPROTO_IPV6;
        int what = source == null
                ? join ? SocketConstants.MCAST_JOIN_GROUP : SocketConstants.MCAST_LEAVE_GROUP
                : join ? SocketConstants.MCAST_JOIN_SOURCE_GROUP : SocketConstants.MCAST_LEAVE_SOURCE_GROUP;
        Memory m = memory.borrow();
        try {
            m.bytes.putLong(VALUE + GroupLayout.INTERFACE, 0).putInt(VALUE + GroupLayout.INTERFACE, interfaceIndex);
            AddressLayout.write(m.bytes, VALUE + GroupLayout.GROUP, group, true);
            if (source != null) {
                AddressLayout.write(m.bytes, VALUE + GroupLayout.SOURCE, source, true);
            }
            int size = source == null ? GroupLayout.SIZE : GroupLayout.SOURCE_SIZE;
            return calls.setsockopt((int) handle, level, what, m.address + VALUE, size);
        } finally {
            giveBack(m);
        }
    }

    @Override
    public int close(long handle) {
        return calls.close((int) handle);
    }

    @Override
    public Datagrams newDatagrams(int slots, int slotBytes) {
        return new LinuxDatagrams(linkage, slots, slotBytes);
    }

    @Override
    public SystemPoll openPoll() throws UdpException {
        return LinuxPoll.open(this);
    }

    /** The exception for a call that failed outside of the shared part. */
    UdpException failure(String doing, int result) {
        SystemError error = error(-result);
        ErrorKind kind = error.kind();
        return new UdpException(kind, error.code(), doing + ": " + error, null);
    }
}
