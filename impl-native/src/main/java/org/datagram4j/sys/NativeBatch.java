package org.datagram4j.sys;

import java.nio.ByteBuffer;
import java.util.Objects;
import org.datagram4j.DatagramBatch;
import org.datagram4j.spi.BatchSlots;
import org.datagram4j.sys.contract.Datagrams;
import org.datagram4j.sys.contract.NetworkSystem;
import org.datagram4j.sys.contract.RawAddress;

/** A batch whose slots are what the system reads and writes. */
final class NativeBatch extends BatchSlots {
    final Datagrams datagrams;
    final RawAddress sender = new RawAddress();
    final Route route = new Route();

    private NativeBatch(Datagrams datagrams, int slotBytes, ByteBuffer[] buffers) {
        super(NativeBackend.NAME, slotBytes, buffers);
        this.datagrams = datagrams;
    }

    static NativeBatch make(NetworkSystem system, int slots, int slotBytes) {
        Datagrams datagrams = system.newDatagrams(slots, slotBytes);
        ByteBuffer[] buffers = new ByteBuffer[slots];
        for (int i = 0; i < slots; i++) {
            buffers[i] = datagrams.payload(i);
        }
        return new NativeBatch(datagrams, slotBytes, buffers);
    }

    /**
     * The batch as one of ours.
     *
     * @throws IllegalArgumentException if it is another backend's
     */
    static NativeBatch of(DatagramBatch batch) {
        Objects.requireNonNull(batch, "batch");
        if (batch instanceof NativeBatch own) {
            return own;
        }
        throw new IllegalArgumentException(
                "this batch was not made by the backend '" + NativeBackend.NAME + "': use UdpBackend.newBatch()");
    }
}
