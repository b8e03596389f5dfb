package org.datagram4j.sys.linux;

import java.nio.ByteBuffer;
import java.util.Objects;
import org.datagram4j.DatagramInfo;
import org.datagram4j.SendInfo;
import org.datagram4j.sys.contract.Datagrams;
import org.datagram4j.sys.contract.RawAddress;
import org.datagram4j.sys.linkage.Linkage;
import org.datagram4j.sys.linkage.LinuxCalls;
import org.datagram4j.sys.linkage.Memory;

/**
 * Datagrams as an array of {@code struct mmsghdr}, then for each what its header points to: vector, name and control,
 * and at last the payloads. One of them goes by recvmsg and sendmsg, or recvfrom and sendto, more by
 * recvmmsg and sendmmsg.
 */
final class LinuxDatagrams implements Datagrams {
    /** Everything we ask the kernel for comes to 216 bytes; an adopted socket may have been asked for more. */
    private static final int CONTROL_ROOM = 256;

    private static final int NAME_ROOM = 32;
    private static final int EXTRA = MessageLayout.IOV_SIZE + NAME_ROOM + CONTROL_ROOM;

    private final LinuxCalls calls;
    private final Memory headers;
    private final Memory payloads;
    private final ByteBuffer bytes;
    private final ByteBuffer[] slices;
    private final int slotBytes;

    LinuxDatagrams(Linkage linkage, int slots, int slotBytes) {
        this.calls = linkage.linuxForOneThread();
        this.slotBytes = slotBytes;
        this.headers = new Memory(linkage, slots * (MessageLayout.MULTI_SIZE + EXTRA));
        this.payloads = new Memory(linkage, Math.max(1, slots * slotBytes));
        this.bytes = headers.bytes;
        this.slices = new ByteBuffer[slots];
        for (int slot = 0; slot < slots; slot++) {
            slices[slot] = payloads.bytes.slice(slot * slotBytes, slotBytes);
            int header = header(slot);
            bytes.putLong(header + MessageLayout.IOV, headers.address + vector(slot));
            bytes.putLong(header + MessageLayout.IOV_LENGTH, 1);
        }
    }

    private static int header(int slot) {
        return slot * MessageLayout.MULTI_SIZE;
    }

    private int vector(int slot) {
        return slices.length * MessageLayout.MULTI_SIZE + slot * EXTRA;
    }

    private int name(int slot) {
        return vector(slot) + MessageLayout.IOV_SIZE;
    }

    private int controls(int slot) {
        return name(slot) + NAME_ROOM;
    }

    @Override
    public ByteBuffer payload(int slot) {
        return slices[slot];
    }

    @Override
    public void prepareReceive(int slot, int room, boolean metadata) {
        vector(slot, 0, room);
        int header = header(slot);
        bytes.putLong(header + MessageLayout.NAME, headers.address + name(slot));
        bytes.putInt(header + MessageLayout.NAME_LENGTH, NAME_ROOM);
        bytes.putLong(header + MessageLayout.CONTROL, metadata ? headers.address + controls(slot) : 0);
        bytes.putLong(header + MessageLayout.CONTROL_LENGTH, metadata ? CONTROL_ROOM : 0);
    }

    @Override
    public void prepareSend(int slot, int offset, int length, RawAddress to, boolean v4Socket) {
        vector(slot, offset, length);
        int header = header(slot);
        bytes.putLong(header + MessageLayout.NAME, to == null ? 0 : headers.address + name(slot));
        bytes.putInt(
                header + MessageLayout.NAME_LENGTH,
                to == null ? 0 : AddressLayout.write(bytes, name(slot), to, v4Socket));
        bytes.putLong(header + MessageLayout.CONTROL, 0);
        bytes.putLong(header + MessageLayout.CONTROL_LENGTH, 0);
    }

    private void vector(int slot, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, slotBytes); // the slot's buffer may change while it is read
        int vector = vector(slot);
        bytes.putLong(vector + MessageLayout.IOV_BASE, payloads.address + (long) slot * slotBytes + offset);
        bytes.putLong(vector + MessageLayout.IOV_BYTES, length);
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
        int begin = controls(slot);
        int at = begin;
        if (segmentBytes != SendInfo.UNSET) {
            at = ControlWriter.segment(bytes, at, segmentBytes);
        }
        if (source != null || interfaceIndex != SendInfo.UNSET) {
            at = ControlWriter.source(bytes, at, v4, source, interfaceIndex);
        }
        if (trafficClass != SendInfo.UNSET) {
            at = ControlWriter.trafficClass(bytes, at, v4, trafficClass);
        }
        if (hopLimit != SendInfo.UNSET) {
            at = ControlWriter.hopLimit(bytes, at, v4, hopLimit);
        }
        if (at > begin) {
            bytes.putLong(header(slot) + MessageLayout.CONTROL, headers.address + begin);
            bytes.putLong(header(slot) + MessageLayout.CONTROL_LENGTH, at - begin);
        }
    }

    @Override
    public int send(long handle, int first, int count) {
        int flags = SocketConstants.MSG_NOSIGNAL | SocketConstants.MSG_DONTWAIT;
        int result;
        if (count == 1) {
            long sent = calls.sendmsg((int) handle, headers.address + header(first), flags);
            result = sent < 0 ? (int) sent : 1;
        } else {
            result = calls.sendmmsg((int) handle, headers.address + header(first), count, flags);
        }
        keep();
        return LinuxSystem.code(result);
    }

    /** By sendto, for which the kernel has a header and a vector less to copy and check. */
    @Override
    public int sendPlain(long handle, int length, RawAddress to, boolean v4Socket) {
        Objects.checkFromIndexSize(0, length, slotBytes);
        int flags = SocketConstants.MSG_NOSIGNAL | SocketConstants.MSG_DONTWAIT;
        int name = name(0);
        long sent = to == null
                ? calls.sendto((int) handle, payloads.address, length, flags, 0, 0)
                : calls.sendto(
                        (int) handle,
                        payloads.address,
                        length,
                        flags,
                        headers.address + name,
                        AddressLayout.write(bytes, name, to, v4Socket));
        keep();
        return sent < 0 ? LinuxSystem.code((int) sent) : 1;
    }

    @Override
    public int receive(long handle, int first, int count, boolean peek) {
        int flags = SocketConstants.MSG_DONTWAIT | SocketConstants.MSG_TRUNC;
        int result;
        if (count == 1) {
            long length = calls.recvmsg(
                    (int) handle, headers.address + header(first), peek ? flags | SocketConstants.MSG_PEEK : flags);
            result = length < 0 ? (int) length : 1;
            bytes.putInt(header(first) + MessageLayout.MULTI_LENGTH, (int) length);
        } else {
            result = calls.recvmmsg((int) handle, headers.address + header(first), count, flags, 0);
        }
        keep();
        return LinuxSystem.code(result);
    }

    /** By recvfrom, as {@link #sendPlain}; the header's field gets the length of the address. */
    @Override
    public int receivePlain(long handle, int room, boolean peek) {
        Objects.checkFromIndexSize(0, room, slotBytes);
        int flags = SocketConstants.MSG_DONTWAIT | SocketConstants.MSG_TRUNC;
        bytes.putInt(MessageLayout.NAME_LENGTH, NAME_ROOM);
        long length = calls.recvfrom(
                (int) handle,
                payloads.address,
                room,
                peek ? flags | SocketConstants.MSG_PEEK : flags,
                headers.address + name(0),
                headers.address + MessageLayout.NAME_LENGTH);
        keep();
        return LinuxSystem.code((int) length);
    }

    private void keep() {
        headers.keep();
        payloads.keep();
    }

    @Override
    public int originalLength(int slot) {
        return bytes.getInt(header(slot) + MessageLayout.MULTI_LENGTH);
    }

    @Override
    public void sender(int slot, RawAddress into) {
        if (bytes.getInt(header(slot) + MessageLayout.NAME_LENGTH) == 0
                || !AddressLayout.read(bytes, name(slot), into)) {
            into.set(0, 0, 0, 0);
        }
    }

    @Override
    public void describe(int slot, int wanted, DatagramInfo.Filler filler) {
        int length = (int) bytes.getLong(header(slot) + MessageLayout.CONTROL_LENGTH);
        ControlReader.read(bytes, controls(slot), Math.min(length, CONTROL_ROOM), wanted, filler);
    }
}
