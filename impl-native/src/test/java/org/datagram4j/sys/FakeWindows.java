package org.datagram4j.sys;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.datagram4j.sys.linkage.Linkage;
import org.datagram4j.sys.linkage.LinuxCalls;
import org.datagram4j.sys.linkage.WindowsCalls;
import org.datagram4j.sys.linkage.WindowsMessages;

/**
 * Windows without Windows: sockets that do nothing but what a test says, AFD whose requests the test completes, and
 * memory whose addresses are made up. For one thread.
 */
final class FakeWindows implements Linkage, WindowsCalls, WindowsMessages {
    static final int CONNRESET = 0x9800_000C;
    static final int NETRESET = 0x9800_000F;
    static final int RECEIVE = 0x1;
    static final int SEND = 0x4;
    static final int LOCAL_CLOSE = 0x20;

    /** A handle of something else. */
    static final long NO_SOCKET = 7;

    /** A number that is no handle. */
    static final long NO_HANDLE = 8;

    private static final int WSAENOTSOCK = 10038;
    private static final int ERROR_INVALID_HANDLE = 6;
    private static final int STATUS_PENDING = 0x103;
    private static final int STATUS_CANCELLED = 0xC000_0120;
    private static final int STATUS_INVALID_HANDLE = 0xC000_0008;
    private static final int WOULD_BLOCK = -10035;
    private static final int NO_SUCH_OPTION = -10042;

    /** A request that AFD has. */
    record Request(long token, long status, long info, int events) {}

    /** What a receive does. */
    interface Receive {
        /**
         * Receives.
         *
         * @param payload the first buffer
         * @param name where the sender goes, all zero
         * @param flags the flags, which may be changed
         * @return what Winsock would; what is not negative is the count
         */
        int into(ByteBuffer payload, ByteBuffer name, int[] flags);
    }

    /** What each control code was last set to, by socket. */
    final Map<Long, Map<Integer, Integer>> controls = new HashMap<>();

    /** What AFD has, in the order in which it was asked. */
    final List<Request> requests = new ArrayList<>();

    final Deque<Receive> receives = new ArrayDeque<>();
    int helpers;
    int cancelled;
    int openHandles;

    /** What opening AFD says. */
    int afdStatus;

    private final TreeMap<Long, ByteBuffer> memory = new TreeMap<>();
    private final Deque<long[]> completions = new ArrayDeque<>();
    private long nextAddress = 0x1000;
    private long nextHandle = 100;

    @Override
    public String name() {
        return "nothing";
    }

    @Override
    public long address(ByteBuffer direct) {
        long address = nextAddress;
        nextAddress += direct.capacity() + 0x1000L & ~0xFFFL;
        memory.put(address, direct.duplicate().clear().order(ByteOrder.nativeOrder()));
        return address;
    }

    @Override
    public LinuxCalls linuxForOneThread() {
        return linux();
    }

    @Override
    public LinuxCalls linux() {
        throw new UnsatisfiedLinkError("this is Windows");
    }

    @Override
    public WindowsCalls windows() {
        return this;
    }

    private ByteBuffer at(long address) {
        Map.Entry<Long, ByteBuffer> found = memory.floorEntry(address);
        int offset = (int) (address - found.getKey());
        return found.getValue()
                .slice(offset, found.getValue().capacity() - offset)
                .order(ByteOrder.nativeOrder());
    }

    /** Lets a request come back. */
    void complete(Request request, int events) {
        requests.remove(request);
        at(request.status).putInt(0, 0);
        at(request.info).putInt(8, 1).putInt(24, events);
        completions.add(new long[] {1, request.token});
    }

    @Override
    public int startup(int version, long data) {
        return 0;
    }

    @Override
    public long socket(int family, int type, int protocol, long info, int group, int flags) {
        openHandles++;
        return nextHandle++;
    }

    @Override
    public int close(long socket) {
        openHandles--;
        return 0;
    }

    @Override
    public int bind(long socket, long address, int length) {
        return 0;
    }

    @Override
    public int connect(long socket, long address, int length) {
        return 0;
    }

    @Override
    public int getsockname(long socket, long address, long length) {
        at(address)
                .putShort(0, (short) 2)
                .putShort(2, Short.reverseBytes((short) socket))
                .putInt(4, 0x0100_007F);
        return 0;
    }

    @Override
    public int getpeername(long socket, long address, long length) {
        return getsockname(socket, address, length);
    }

    @Override
    public int getsockopt(long socket, int level, int option, long value, long length) {
        return socket == NO_SOCKET || socket == NO_HANDLE ? -WSAENOTSOCK : 0;
    }

    @Override
    public int setsockopt(long socket, int level, int option, long value, int length) {
        return level == 17 ? NO_SUCH_OPTION : 0;
    }

    @Override
    public int ioctl(
            long socket,
            int code,
            long in,
            int inLength,
            long out,
            int outLength,
            long returned,
            long overlapped,
            long completion) {
        if (outLength == 8) { // a function, or the base handle
            at(out).putLong(0, socket);
        } else {
            controls.computeIfAbsent(socket, key -> new HashMap<>()).put(code, at(in).getInt(0));
        }
        return 0;
    }

    @Override
    public int sendto(long socket, long bytes, int count, int flags, long address, int length) {
        return count;
    }

    @Override
    public int receiveFrom(
            long socket,
            long buffers,
            int count,
            long received,
            long flags,
            long from,
            long length,
            long overlapped,
            long completion) {
        return receive(buffers, received, flags, from);
    }

    @Override
    public WindowsMessages messages(long receive, long send) {
        return this;
    }

    @Override
    public int receive(long socket, long message, long received, long overlapped, long completion) {
        ByteBuffer header = at(message);
        return receive(header.getLong(16), received, message + 48, header.getLong(0));
    }

    private int receive(long buffers, long received, long flags, long from) {
        if (receives.isEmpty()) {
            return WOULD_BLOCK;
        }
        ByteBuffer buffer = at(buffers);
        int[] words = {at(flags).getInt(0)};
        int result = receives.remove()
                .into(at(buffer.getLong(8)).slice(0, buffer.getInt(0)), at(from).order(ByteOrder.nativeOrder()), words);
        at(flags).putInt(0, words[0]);
        if (result < 0) {
            return result; // the count is not written
        }
        at(received).putInt(0, result);
        return 0;
    }

    @Override
    public int send(long socket, long message, int flags, long sent, long overlapped, long completion) {
        return 0;
    }

    @Override
    public long createCompletionPort(long file, long port, long key, int threads) {
        openHandles += port == 0 ? 1 : 0;
        return port == 0 ? nextHandle++ : port;
    }

    @Override
    public int completions(long port, long entries, int most, long removed, int milliseconds, int alertable) {
        int count = 0;
        while (count < most && !completions.isEmpty()) {
            long[] completion = completions.remove();
            at(entries).putLong(count * 32, completion[0]).putLong(count * 32 + 8, completion[1]);
            count++;
        }
        at(removed).putInt(0, count);
        return count > 0 ? 1 : -258;
    }

    @Override
    public int postCompletion(long port, int bytes, long key, long overlapped) {
        completions.add(new long[] {key, overlapped});
        return 1;
    }

    @Override
    public int closeHandle(long handle) {
        openHandles--;
        return 1;
    }

    @Override
    public int handleInformation(long handle, long flags) {
        return handle == NO_HANDLE ? -ERROR_INVALID_HANDLE : 1;
    }

    @Override
    public int notificationModes(long handle, int modes) {
        return 1;
    }

    @Override
    public int createFile(
            long handle,
            int access,
            long attributes,
            long status,
            long size,
            int fileAttributes,
            int share,
            int disposition,
            int options,
            long extended,
            int extendedLength) {
        if (afdStatus == 0) {
            helpers++;
            openHandles++;
            at(handle).putLong(0, nextHandle++);
        }
        return afdStatus;
    }

    @Override
    public int deviceControl(
            long handle,
            long event,
            long routine,
            long context,
            long status,
            int code,
            long in,
            int inLength,
            long out,
            int outLength) {
        requests.add(new Request(context, status, in, at(in).getInt(24)));
        return STATUS_PENDING;
    }

    @Override
    public int cancel(long handle, long which, long status) {
        for (Request request : requests) {
            if (request.status == which) {
                requests.remove(request);
                cancelled++;
                at(request.status).putInt(0, STATUS_CANCELLED);
                completions.add(new long[] {1, request.token});
                return 0;
            }
        }
        return STATUS_INVALID_HANDLE;
    }

    @Override
    public int dosError(int status) {
        return 2;
    }
}
