package org.datagram4j.sys.windows;

import java.net.StandardProtocolFamily;
import java.util.Set;
import org.datagram4j.Capability;
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
import org.datagram4j.sys.linkage.Memory;
import org.datagram4j.sys.linkage.WindowsCalls;
import org.datagram4j.sys.linkage.WindowsMessages;

/** Windows, by the calls of a linkage. */
public final class WindowsSystem implements NetworkSystem {
    /** Windows takes more; as many as everywhere. */
    private static final int SEGMENTS = 64;

    /** MAKEWORD(2, 2). */
    private static final int WINSOCK_VERSION = 0x0202;

    // <mswsock.h>: {0xf689d7c8,0x6f1f,0x436b,{0x8a,0x53,0xe5,0x4f,0xe3,0x51,0xc3,0x22}}
    private static final long[] WSAID_WSARECVMSG = {0x436B_6F1F_F689_D7C8L, 0x22C3_51E3_4FE5_538AL};
    // {0xa441e712,0x754f,0x43ca,{0x84,0xa7,0x0d,0xee,0x44,0xcf,0x60,0x6d}}
    private static final long[] WSAID_WSASENDMSG = {0x43CA_754F_A441_E712L, 0x6D60_CF44_EE0D_A784L};

    // Where things are in the memory of a control call.
    private static final int LENGTH = 0;
    private static final int VALUE = 8;
    private static final int RESULT = 64;

    /** How much memory a control call has: WSADATA is 408 bytes. */
    private static final int CONTROL_MEMORY = 512;

    private final Linkage linkage;
    private final WindowsCalls calls;
    private final String name;
    private final Pool<Memory> memory;
    private final SocketOptions options;
    private final WindowsMessages messages;
    private final Set<Capability> capabilities;

    private WindowsSystem(Linkage linkage) {
        this.linkage = linkage;
        this.calls = linkage.windows();
        this.name = System.getProperty("os.name", "") + " on " + System.getProperty("os.arch", "") + " by "
                + linkage.name();
        this.memory = Pool.perProcessor(() -> new Memory(linkage, CONTROL_MEMORY));
        this.options = new SocketOptions(this);
        start();
        this.messages =
                calls.messages(extension("WSARecvMsg", WSAID_WSARECVMSG), extension("WSASendMsg", WSAID_WSASENDMSG));
        this.capabilities = Probe.capabilities(this);
    }

    /**
     * Finds out what this Windows can do.
     *
     * @param linkage how to call it
     * @return the system
     * @throws UnsupportedOperationException if it lacks what we cannot do without, saying what
     */
    public static WindowsSystem open(Linkage linkage) {
        return new WindowsSystem(linkage);
    }

    @Override
    public void leave() {
        linkage.close();
    }

    /** Makes {@link #WOULD_BLOCK} of what means so. */
    static int code(int result) {
        return result == -WsaError.WSAEWOULDBLOCK.code ? WOULD_BLOCK : result;
    }

    private void start() {
        Memory m = borrow();
        try {
            int error = calls.startup(WINSOCK_VERSION, m.address);
            if (error != 0) {
                throw missing("starting Winsock (WSAStartup)", -error);
            }
        } finally {
            giveBack(m);
        }
    }

    /** The address of a function that Winsock gives out on request only. */
    private long extension(String function, long[] id) {
        long socket = socket(StandardProtocolFamily.INET);
        if (socket < 0) {
            socket = socket(StandardProtocolFamily.INET6);
        }
        if (socket < 0) {
            throw missing("opening a UDP socket", (int) socket);
        }
        Memory m = borrow();
        try {
            m.bytes.putLong(VALUE, id[0]).putLong(VALUE + 8, id[1]).putLong(RESULT, 0);
            int result = calls.ioctl(
                    socket,
                    SocketConstants.SIO_GET_EXTENSION_FUNCTION_POINTER,
                    m.address + VALUE,
                    16,
                    m.address + RESULT,
                    8,
                    m.address + LENGTH,
                    0,
                    0);
            if (result < 0) {
                throw missing("the function " + function, result);
            }
            return m.bytes.getLong(RESULT);
        } finally {
            giveBack(m);
            calls.close(socket);
        }
    }

    static UnsupportedOperationException missing(String what, int result) {
        return new UnsupportedOperationException(
                "this Windows refuses " + what + " (" + WsaError.describe(-result) + "): use the backend 'nio'");
    }

    Linkage linkage() {
        return linkage;
    }

    WindowsCalls calls() {
        return calls;
    }

    WindowsMessages messages() {
        return messages;
    }

    SocketOptions options() {
        return options;
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
        return Profile.WINDOWS;
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
        return WsaError.describe(code);
    }

    @Override
    public int messageTooLong() {
        return WsaError.WSAEMSGSIZE.code;
    }

    @Override
    public boolean refusesSegments(int code) {
        return code == WsaError.WSAEINVAL.code
                || code == WsaError.WSAEMSGSIZE.code
                || code == WsaError.WSAEOPNOTSUPP.code
                || code == WsaError.WSAENOPROTOOPT.code;
    }

    @Override
    public long open(StandardProtocolFamily family) {
        long socket = socket(family);
        if (socket < 0) {
            return socket;
        }
        int result = ioctlNumber(socket, SocketConstants.FIONBIO, 1);
        if (result >= 0 && family == StandardProtocolFamily.INET6) {
            result = set(socket, family, Setting.V6_ONLY, 0); // on unless it is taken off
        }
        if (result < 0) {
            calls.close(socket);
            return result;
        }
        reportRefusals(socket, false);
        return socket;
    }

    private long socket(StandardProtocolFamily family) {
        return calls.socket(
                family == StandardProtocolFamily.INET6 ? SocketConstants.AF_INET6 : SocketConstants.AF_INET,
                SocketConstants.SOCK_DGRAM,
                SocketConstants.IPPROTO_UDP,
                0,
                0,
                SocketConstants.WSA_FLAG_OVERLAPPED | SocketConstants.WSA_FLAG_NO_HANDLE_INHERIT);
    }

    /**
     * Whether a receive fails because of what was sent before: on a connected socket that is news of its peer, on any
     * other one that of somebody else. Failing to say so is tolerated: not every Windows knows both.
     */
    private void reportRefusals(long socket, boolean report) {
        ioctlNumber(socket, SocketConstants.SIO_UDP_CONNRESET, report ? 1 : 0);
        ioctlNumber(socket, SocketConstants.SIO_UDP_NETRESET, report ? 1 : 0);
    }

    private int ioctlNumber(long socket, int code, int value) {
        Memory m = borrow();
        try {
            m.bytes.putInt(VALUE, value);
            return calls.ioctl(socket, code, m.address + VALUE, 4, 0, 0, m.address + LENGTH, 0, 0);
        } finally {
            giveBack(m);
        }
    }

    /** The socket below what others may have put over it, which AFD knows; or an error, negated. */
    long baseHandle(long socket) {
        Memory m = borrow();
        try {
            m.bytes.putLong(RESULT, 0);
            int result = calls.ioctl(
                    socket, SocketConstants.SIO_BASE_HANDLE, 0, 0, m.address + RESULT, 8, m.address + LENGTH, 0, 0);
            return result < 0 ? result : m.bytes.getLong(RESULT);
        } finally {
            giveBack(m);
        }
    }

    @Override
    public int adopt(long handle) {
        int type = options.number(handle, SocketConstants.SOL_SOCKET, SocketConstants.SO_TYPE);
        if (type < 0) {
            return type == -WsaError.WSAENOTSOCK.code && !isOpen(handle) ? -WsaError.ERROR_INVALID_HANDLE.code : type;
        }
        Memory m = borrow();
        int family;
        int port;
        try {
            m.bytes.putInt(LENGTH, AddressLayout.V6_SIZE);
            if (calls.getsockname(handle, m.address + VALUE, m.address + LENGTH) < 0) {
                return 0; // bound to nothing
            }
            family = m.bytes.getShort(VALUE + AddressLayout.FAMILY);
            port = m.bytes.getShort(VALUE + AddressLayout.PORT);
        } finally {
            giveBack(m);
        }
        boolean v4 = family == SocketConstants.AF_INET;
        if (type != SocketConstants.SOCK_DGRAM || port == 0 || !v4 && family != SocketConstants.AF_INET6) {
            return 0;
        }
        int changed = ioctlNumber(handle, SocketConstants.FIONBIO, 1);
        if (changed >= 0) {
            reportRefusals(handle, peerAddress(handle, new RawAddress()) >= 0);
        }
        return changed < 0 ? changed : v4 ? 4 : 6;
    }

    /** Whether it is a handle at all: Winsock calls a file and what was closed the same. */
    private boolean isOpen(long handle) {
        Memory m = borrow();
        try {
            return calls.handleInformation(handle, m.address + VALUE) >= 0;
        } finally {
            giveBack(m);
        }
    }

    @Override
    public int bind(long handle, StandardProtocolFamily family, RawAddress address) {
        boolean v4 = family == StandardProtocolFamily.INET;
        if (v4 && !address.isV4()) {
            return -WsaError.WSAEAFNOSUPPORT.code;
        }
        if (options.number(handle, SocketConstants.SOL_SOCKET, SocketConstants.SO_REUSEADDR) == 0) {
            // otherwise anybody who asks for SO_REUSEADDR could take the port over
            options.set(handle, SocketConstants.SOL_SOCKET, SocketConstants.SO_EXCLUSIVEADDRUSE, 1);
        }
        Memory m = borrow();
        try {
            int size = AddressLayout.write(m.bytes, VALUE, address, v4);
            return calls.bind(handle, m.address + VALUE, size);
        } finally {
            giveBack(m);
        }
    }

    @Override
    public int connect(long handle, StandardProtocolFamily family, RawAddress peer) {
        boolean v4 = family == StandardProtocolFamily.INET;
        if (v4 && !peer.isV4()) {
            return -WsaError.WSAEAFNOSUPPORT.code;
        }
        Memory m = borrow();
        int result;
        try {
            int size = AddressLayout.write(m.bytes, VALUE, peer, v4);
            AddressLayout.replaceAny(m.bytes, VALUE);
            result = calls.connect(handle, m.address + VALUE, size);
        } finally {
            giveBack(m);
        }
        if (result >= 0) {
            reportRefusals(handle, true);
        }
        return result;
    }

    @Override
    public int disconnect(long handle) {
        Memory m = borrow();
        int result;
        try {
            for (int i = 0; i < 32; i += 8) {
                m.bytes.putLong(VALUE + i, SocketConstants.AF_UNSPEC);
            }
            result = calls.connect(handle, m.address + VALUE, AddressLayout.V6_SIZE);
        } finally {
            giveBack(m);
        }
        if (result >= 0) {
            reportRefusals(handle, false);
        }
        return result;
    }

    @Override
    public int localAddress(long handle, RawAddress into) {
        Memory m = borrow();
        try {
            m.bytes.putInt(LENGTH, AddressLayout.V6_SIZE);
            int result = calls.getsockname(handle, m.address + VALUE, m.address + LENGTH);
            return read(result, m, into);
        } finally {
            giveBack(m);
        }
    }

    @Override
    public int peerAddress(long handle, RawAddress into) {
        Memory m = borrow();
        try {
            m.bytes.putInt(LENGTH, AddressLayout.V6_SIZE);
            int result = calls.getpeername(handle, m.address + VALUE, m.address + LENGTH);
            int read = read(result, m, into);
            // some tell of a peer without a port after it was dissolved
            return read >= 0 && into.port == 0 ? -WsaError.WSAENOTCONN.code : read;
        } finally {
            giveBack(m);
        }
    }

    private static int read(int result, Memory m, RawAddress into) {
        return result < 0 || AddressLayout.read(m.bytes, VALUE, into) ? result : -WsaError.WSAENOTCONN.code;
    }

    @Override
    public int takeError(long handle) {
        return options.number(handle, SocketConstants.SOL_SOCKET, SocketConstants.SO_ERROR);
    }

    /** There is no such queue on Windows. */
    @Override
    public int takeQueuedError(long handle) {
        return WOULD_BLOCK;
    }

    @Override
    public boolean has(StandardProtocolFamily family, Setting setting) {
        return SettingTable.has(family == StandardProtocolFamily.INET6, setting);
    }

    @Override
    public int get(long handle, StandardProtocolFamily family, Setting setting) {
        return options.get(handle, family == StandardProtocolFamily.INET6, setting);
    }

    @Override
    public int set(long handle, StandardProtocolFamily family, Setting setting, int value) {
        return options.set(handle, family == StandardProtocolFamily.INET6, setting, value);
    }

    /** Windows has no such option, and the backend does not declare it. */
    @Override
    public int bindToDevice(long handle, String device) {
        return -WsaError.WSAENOPROTOOPT.code;
    }

    @Override
    public int membership(long handle, RawAddress group, int interfaceIndex, RawAddress source, boolean join) {
        return options.membership(handle, group, interfaceIndex, source, join);
    }

    @Override
    public int close(long handle) {
        return calls.close(handle);
    }

    @Override
    public Datagrams newDatagrams(int slots, int slotBytes) {
        return new WindowsDatagrams(this, slots, slotBytes);
    }

    @Override
    public SystemPoll openPoll() throws UdpException {
        return WindowsPoll.open(this);
    }

    /** The exception for a call that failed outside of the shared part. */
    UdpException failure(String doing, int result) {
        SystemError error = error(-result);
        return new UdpException(error.kind(), error.code(), doing + ": " + error, null);
    }
}
