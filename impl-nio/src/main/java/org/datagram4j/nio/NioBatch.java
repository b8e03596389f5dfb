package org.datagram4j.nio;

import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import org.datagram4j.DatagramBatch;
import org.datagram4j.DatagramInfo;
import org.datagram4j.SendInfo;

/** Slots of one direct buffer. */
final class NioBatch implements DatagramBatch {
    private final int slotBytes;
    private final ByteBuffer[] buffers;
    private final DatagramInfo[] infos;
    private final SendInfo[] sendInfos;
    private final AtomicBoolean inUse = new AtomicBoolean();

    NioBatch(int slots, int slotBytes) {
        this.slotBytes = slotBytes;
        this.buffers = new ByteBuffer[slots];
        this.infos = new DatagramInfo[slots];
        this.sendInfos = new SendInfo[slots];
        ByteBuffer memory = ByteBuffer.allocateDirect(slots * slotBytes);
        for (int i = 0; i < slots; i++) {
            buffers[i] = memory.slice(i * slotBytes, slotBytes);
            infos[i] = new DatagramInfo();
            sendInfos[i] = new SendInfo();
        }
    }

    /**
     * The batch as one of ours.
     *
     * @throws IllegalArgumentException if it is another backend's
     */
    static NioBatch of(DatagramBatch batch) {
        Objects.requireNonNull(batch, "batch");
        if (batch instanceof NioBatch own) {
            return own;
        }
        throw new IllegalArgumentException(
                "this batch was not made by the backend '" + NioBackend.NAME + "': use UdpBackend.newBatch()");
    }

    /**
     * Marks it as in use.
     *
     * @throws IllegalStateException if it is in use already
     */
    void acquire() {
        if (!inUse.compareAndSet(false, true)) {
            throw new IllegalStateException("this batch is in use by another thread");
        }
    }

    void release() {
        inUse.set(false);
    }

    @Override
    public int slots() {
        return buffers.length;
    }

    @Override
    public int slotBytes() {
        return slotBytes;
    }

    @Override
    public ByteBuffer buffer(int slot) {
        return buffers[Objects.checkIndex(slot, buffers.length)];
    }

    @Override
    public DatagramInfo info(int slot) {
        return infos[Objects.checkIndex(slot, infos.length)];
    }

    @Override
    public SendInfo sendInfo(int slot) {
        return sendInfos[Objects.checkIndex(slot, sendInfos.length)];
    }

    @Override
    public String toString() {
        return NioBackend.NAME + " batch of " + buffers.length + " slots of " + slotBytes + " bytes";
    }
}
