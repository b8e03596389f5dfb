package org.datagram4j.sys.windows;

import java.nio.ByteBuffer;
import java.util.Objects;
import org.datagram4j.DatagramInfo;
import org.datagram4j.SendInfo;
import org.datagram4j.sys.contract.Datagrams;
import org.datagram4j.sys.contract.NetworkSystem;
import org.datagram4j.sys.contract.RawAddress;
import org.datagram4j.sys.linkage.Memory;
import org.datagram4j.sys.linkage.WindowsCalls;

/**
 * Datagrams, one call for each, because Winsock has none for many. For each slot a {@code WSAMSG}, what it points to
 * (buffers, name and control), and some numbers; at last the payloads.
 *
 * <p>Winsock tells no length of what it had to cut. So a receive is offered more than its slot: what does not fit goes
 * into memory where nobody looks, and counts.
 */
final class WindowsDatagrams implements Datagrams {
    /** No datagram is longer. */
    private static final int LONGEST = 65_536;

    private static final int CONTROL_ROOM = 256;
    private static final int NAME_ROOM = 32;

    // Where things are in the memory of a slot.
    private static final int FIRST_BUFFER = 64;
    private static final int SECOND_BUFFER = FIRST_BUFFER + MessageLayout.BUFFER_SIZE;
    private static final int COUNT = SECOND_BUFFER + MessageLayout.BUFFER_SIZE;
    private static final int FLAGS = COUNT + 4;
    private static final int NAME_LENGTH = COUNT + 8;
    private static final int NAME = COUNT + 16;
    private static final int CONTROL = NAME + NAME_ROOM;
    private static final int SLOT_SIZE = CONTROL + CONTROL_ROOM;

    private final WindowsSystem system;
    private final WindowsCalls calls;
    private final Memory headers;
    private final Memory payloads;
    private final Memory beyond;
    private final ByteBuffer bytes;
    private final ByteBuffer[] slices;
    private final int slotBytes;

    /** For each slot, how long what it holds was. */
    private final int[] lengths;

    /** For each slot, whether it is to be sent to an address that its socket cannot reach. */
    private final boolean[] wrongFamily;

    // An error met after other slots were filled, for the next receive from the same socket.
    private long failedSocket;
    private int failure;

    WindowsDatagrams(WindowsSystem system, int slots, int slotBytes) {
        this.system = system;
        this.calls = system.calls();
        this.slotBytes = slotBytes;
        this.headers = new Memory(system.linkage(), slots * SLOT_SIZE);
        this.payloads = new Memory(system.linkage(), Math.max(1, slots * slotBytes));
        this.beyond = slotBytes >= LONGEST ? null : new Memory(system.linkage(), LONGEST);
        this.bytes = headers.bytes;
        this.slices = new ByteBuffer[slots];
        this.lengths = new int[slots];
        this.wrongFamily = new boolean[slots];
        for (int slot = 0; slot < slots; slot++) {
            slices[slot] = payloads.bytes.slice(slot * slotBytes, slotBytes);
            int message = message(slot);
            bytes.putLong(message + MessageLayout.BUFFERS, headers.address + message + FIRST_BUFFER);
            if (beyond != null) {
                bytes.putInt(message + SECOND_BUFFER + MessageLayout.BUFFER_BYTES, LONGEST);
                bytes.putLong(message + SECOND_BUFFER + MessageLayout.BUFFER_ADDRESS, beyond.address);
            }
        }
    }

    private static int message(int slot) {
        return slot * SLOT_SIZE;
    }

    @Override
    public ByteBuffer payload(int slot) {
        return slices[slot];
    }

    @Override
    public void prepareReceive(int slot, int room, boolean metadata) {
        buffer(slot, 0, beyond == null ? slotBytes : room);
        int message = message(slot);
        bytes.putInt(message + MessageLayout.BUFFER_COUNT, beyond == null ? 1 : 2);
        bytes.putLong(message + MessageLayout.NAME, headers.address + message + NAME);
        control(slot, metadata ? CONTROL_ROOM : 0);
    }

    @Override
    public void prepareSend(int slot, int offset, int length, RawAddress to, boolean v4Socket) {
        buffer(slot, offset, length);
        int message = message(slot);
        bytes.putInt(message + MessageLayout.BUFFER_COUNT, 1);
        bytes.putLong(message + MessageLayout.NAME, to == null ? 0 : headers.address + message + NAME);
        int nameLength = to == null ? 0 : AddressLayout.write(bytes, message + NAME, to, v4Socket);
        bytes.putInt(message + MessageLayout.NAME_LENGTH, nameLength);
        if (to != null) {
            AddressLayout.replaceAny(bytes, message + NAME);
        }
        wrongFamily[slot] = to != null && v4Socket && !to.isV4();
        control(slot, 0);
    }

    private void buffer(int slot, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, slotBytes); // the slot's buffer may change while it is read
        int buffer = message(slot) + FIRST_BUFFER;
        bytes.putInt(buffer + MessageLayout.BUFFER_BYTES, length);
        bytes.putLong(buffer + MessageLayout.BUFFER_ADDRESS, payloads.address + (long) slot * slotBytes + offset);
    }

    private void control(int slot, int length) {
        int control = message(slot) + MessageLayout.CONTROL;
        bytes.putInt(control + MessageLayout.BUFFER_BYTES, length);
        bytes.putLong(
                control + MessageLayout.BUFFER_ADDRESS, length == 0 ? 0 : headers.address + message(slot) + CONTROL);
    }

    private int controlLength(int slot) {
        return bytes.getInt(message(slot) + MessageLayout.CONTROL + MessageLayout.BUFFER_BYTES);
    }

    @Override
    public void control(
            int slot,
            boolean v4,
            RawAddress source,
            int interfaceIndex,
            int trafficClass,
            int hopLimit,
            int segmentBytes) {
        int begin = message(slot) + CONTROL;
        int at = begin;
        if (segmentBytes != SendInfo.UNSET) {
            at = ControlWriter.segment(bytes, at, segmentBytes);
        }
        if (source != null || interfaceIndex != SendInfo.UNSET) {
            at = ControlWriter.source(bytes, at, v4, source, interfaceIndex);
        }
        control(slot, at - begin); // traffic class and hop limit: Windows takes neither from a single send
    }

    @Override
    public int send(long handle, int first, int count) {
        for (int i = 0; i < count; i++) {
            int result = sendOne(handle, first + i);
            if (result < 0) {
                return i > 0 ? i : WindowsSystem.code(result);
            }
        }
        return count;
    }

    private int sendOne(long handle, int slot) {
        if (wrongFamily[slot]) {
            return -WsaError.WSAEAFNOSUPPORT.code;
        }
        int message = message(slot);
        long address = headers.address + message;
        int result;
        if (controlLength(slot) > 0) {
            bytes.putInt(message + MessageLayout.FLAGS, 0);
            result = system.messages().send(handle, address, 0, address + COUNT, 0, 0);
        } else {
            int buffer = message + FIRST_BUFFER;
            result = calls.sendto(
                    handle,
                    bytes.getLong(buffer + MessageLayout.BUFFER_ADDRESS),
                    bytes.getInt(buffer + MessageLayout.BUFFER_BYTES),
                    0,
                    bytes.getLong(message + MessageLayout.NAME),
                    bytes.getInt(message + MessageLayout.NAME_LENGTH));
        }
        keep();
        return result;
    }

    @Override
    public int receive(long handle, int first, int count, boolean peek) {
        if (failure != 0 && failedSocket == handle) {
            int result = failure;
            failure = 0;
            return result;
        }
        for (int i = 0; i < count; i++) {
            int result = WindowsSystem.code(receiveOne(handle, first + i, peek ? SocketConstants.MSG_PEEK : 0));
            if (result < 0) {
                if (i > 0 && result != NetworkSystem.WOULD_BLOCK) {
                    failedSocket = handle;
                    failure = result;
                }
                return i > 0 ? i : result;
            }
        }
        return count;
    }

    private int receiveOne(long handle, int slot, int flags) {
        int message = message(slot);
        long address = headers.address + message;
        bytes.putShort(message + NAME, (short) 0); // nobody's, until there is a sender
        boolean controlled = controlLength(slot) > 0;
        int result;
        if (controlled) {
            bytes.putInt(message + MessageLayout.NAME_LENGTH, NAME_ROOM);
            bytes.putInt(message + MessageLayout.FLAGS, flags);
            result = system.messages().receive(handle, address, address + COUNT, 0, 0);
        } else {
            bytes.putInt(message + NAME_LENGTH, NAME_ROOM);
            bytes.putInt(message + FLAGS, flags);
            result = calls.receiveFrom(
                    handle,
                    address + FIRST_BUFFER,
                    bytes.getInt(message + MessageLayout.BUFFER_COUNT),
                    address + COUNT,
                    address + FLAGS,
                    address + NAME,
                    address + NAME_LENGTH,
                    0,
                    0);
        }
        keep();
        if (result == -WsaError.WSAEMSGSIZE.code && !(controlled && controlWasCut(message))) {
            // Truncated, whatever the flags say: the count is not written, everything else is.
            lengths[slot] = LONGER;
            return 0;
        }
        lengths[slot] = bytes.getInt(message + COUNT);
        return result;
    }

    /** Then it is unknown what was received, if anything was. */
    private boolean controlWasCut(int message) {
        int flags = bytes.getInt(message + MessageLayout.FLAGS);
        return (flags & SocketConstants.MSG_CTRUNC) != 0 && (flags & SocketConstants.MSG_TRUNC) == 0;
    }

    private void keep() {
        headers.keep();
        payloads.keep();
        if (beyond != null) {
            beyond.keep();
        }
    }

    @Override
    public int originalLength(int slot) {
        return lengths[slot];
    }

    @Override
    public void sender(int slot, RawAddress into) {
        if (!AddressLayout.read(bytes, message(slot) + NAME, into)) {
            into.set(0, 0, 0, 0);
        }
    }

    @Override
    public void describe(int slot, int wanted, DatagramInfo.Filler filler) {
        ControlReader.read(bytes, message(slot) + CONTROL, Math.min(controlLength(slot), CONTROL_ROOM), wanted, filler);
    }
}
