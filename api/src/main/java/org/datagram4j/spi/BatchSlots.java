package org.datagram4j.spi;

import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import org.datagram4j.DatagramBatch;
import org.datagram4j.DatagramInfo;
import org.datagram4j.SendInfo;
import org.osgi.annotation.versioning.ConsumerType;

/** The slots of a batch over buffers that the backend made. */
@ConsumerType
public class BatchSlots implements DatagramBatch {
    private final String owner;
    private final int slotBytes;
    private final ByteBuffer[] buffers;
    private final DatagramInfo[] infos;
    private final SendInfo[] sendInfos;
    private final AtomicBoolean inUse = new AtomicBoolean();

    /**
     * Empty slots.
     *
     * @param owner the backend's name
     * @param slotBytes the capacity of each buffer
     * @param buffers one for each slot
     */
    public BatchSlots(String owner, int slotBytes, ByteBuffer[] buffers) {
        this.owner = owner;
        this.slotBytes = slotBytes;
        this.buffers = buffers.clone();
        this.infos = new DatagramInfo[buffers.length];
        this.sendInfos = new SendInfo[buffers.length];
        for (int i = 0; i < buffers.length; i++) {
            infos[i] = new DatagramInfo();
            sendInfos[i] = new SendInfo();
        }
    }

    /**
     * Marks it as in use.
     *
     * @throws IllegalStateException if it is in use already
     */
    public final void acquire() {
        if (!inUse.compareAndSet(false, true)) {
            throw new IllegalStateException("this batch is in use by another thread");
        }
    }

    /** Marks it as not in use any more. */
    public final void release() {
        inUse.set(false);
    }

    @Override
    public final int slots() {
        return buffers.length;
    }

    @Override
    public final int slotBytes() {
        return slotBytes;
    }

    @Override
    public final ByteBuffer buffer(int slot) {
        return buffers[Objects.checkIndex(slot, buffers.length)];
    }

    @Override
    public final DatagramInfo info(int slot) {
        return infos[Objects.checkIndex(slot, infos.length)];
    }

    @Override
    public final SendInfo sendInfo(int slot) {
        return sendInfos[Objects.checkIndex(slot, sendInfos.length)];
    }

    @Override
    public String toString() {
        return owner + " batch of " + buffers.length + " slots of " + slotBytes + " bytes";
    }
}
