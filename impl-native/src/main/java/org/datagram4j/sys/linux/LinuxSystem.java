package org.datagram4j.sys.linux;

import java.net.StandardProtocolFamily;
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
import org.datagram4j.sys.linkage.Memory;

/** Linux, by the calls of a linkage. */
public final class LinuxSystem implements NetworkSystem {
    /** Old kernels take 64, newer ones 128 (UDP_MAX_SEGMENTS). */
    private static final int SEGMENTS = 64;

    // Where things are in the memory of a control call.
    private static final int LENGTH = 0;
    private static final int VALUE = 8;

    /** How much memory a control call has. */
    static final int CONTROL_MEMORY = 512;

    private final Linkage linkage;
    private final LinuxCalls calls;
    private final EpollLayout epoll;
    private final boolean pwait2;
    private final String name;
    private final Pool<Memory> memory;
    private final SocketOptions options;
    private final ErrorQueue errors;
    private final Set<Capability> capabilities;

    private LinuxSystem(Linkage linkage, String processor) {
        this.linkage = linkage;
        this.calls = linkage.linux();
        this.epoll = EpollLayout.on(processor);
        this.pwait2 = Probe.hasPwait2(calls);
        this.name = "Linux " + System.getProperty("os.version", "") + " on " + processor + " by " + linkage.name();
        this.memory = Pool.perProcessor(() -> new Memory(linkage, CONTROL_MEMORY));
        this.options = new SocketOptions(this);
        this.errors = new ErrorQueue(this);
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

    @Override
    public void leave() {
        linkage.close();
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

    /** Whether waits can be shorter than a millisecond. */
    boolean hasPwait2() {
        return pwait2;
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
        return errors.take((int) handle);
    }

    @Override
    public boolean has(StandardProtocolFamily family, Setting setting) {
        return SettingTable.has(family == StandardProtocolFamily.INET6, setting);
    }

    @Override
    public int get(long handle, StandardProtocolFamily family, Setting setting) {
        return options.get((int) handle, family == StandardProtocolFamily.INET6, setting);
    }

    @Override
    public int set(long handle, StandardProtocolFamily family, Setting setting, int value) {
        return options.set((int) handle, family == StandardProtocolFamily.INET6, setting, value);
    }

    /** Reads an option that is a number. */
    int option(int fd, int level, int option) {
        return options.number(fd, level, option);
    }

    @Override
    public int bindToDevice(long handle, String device) {
        return options.bindToDevice((int) handle, device);
    }

    @Override
    public int membership(long handle, RawAddress group, int interfaceIndex, RawAddress source, boolean join) {
        return options.membership((int) handle, group, interfaceIndex, source, join);
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
