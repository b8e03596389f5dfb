package org.datagram4j;

import java.nio.ByteBuffer;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Slots for many datagrams, filled and sent by few calls. Made by {@link UdpBackend#newBatch(int, int)}.
 *
 * <p>The slots' memory belongs to the backend and lives as long as the batch is reachable; nothing is freed by hand.
 * The batch belongs to one thread at a time: a call that finds it in use elsewhere throws
 * {@link IllegalStateException}. Rules: UDP-BATCH.
 */
@ProviderType
public interface DatagramBatch {
    /**
     * How many slots there are.
     *
     * @return 1 or greater
     */
    int slots();

    /**
     * How many bytes each slot has room for.
     *
     * @return 0 to 65,535
     */
    int slotBytes();

    /**
     * One slot's payload, in place: always the same buffer, whose position and limit are the caller's to set. A receive
     * sets position 0 and the limit to what was delivered; a send sends what is between position and limit, and moves
     * the position of each slot it sent to its limit.
     *
     * @param slot 0 to {@code slots() - 1}
     * @return the slot's buffer, of capacity {@link #slotBytes()}
     * @throws IndexOutOfBoundsException if there is no such slot
     */
    ByteBuffer buffer(int slot);

    /**
     * What the last receive told about one slot; slots it did not fill keep what they had.
     *
     * @param slot 0 to {@code slots() - 1}
     * @return the slot's info, always the same object
     * @throws IndexOutOfBoundsException if there is no such slot
     */
    DatagramInfo info(int slot);

    /**
     * Where and how a send sends one slot: each has its own destination.
     *
     * @param slot 0 to {@code slots() - 1}
     * @return the slot's control, always the same object
     * @throws IndexOutOfBoundsException if there is no such slot
     */
    SendInfo sendInfo(int slot);
}
