package org.datagram4j.sys.contract;

/**
 * What waits for handles to become ready; reports edges.
 *
 * <p>Directions and readiness are bits of {@link org.datagram4j.spi.EventList}. Ids are the caller's, are never 0, and
 * come back with what became ready. {@link #await} and what reads its results are for one thread at a time, everything
 * else is for any; {@link #close()} comes last.
 *
 * <p>Codes are as in {@link NetworkSystem}.
 */
public interface SystemPoll {
    /**
     * Starts watching, and arms: what is ready now is reported.
     *
     * @param handle whose
     * @param id what to report it by
     * @param directions which
     * @param foreign whether I/O on the handle is not seen: then {@link #wouldBlock} will not be called, and every change
     *     of the system's is an edge
     * @return 0
     */
    int add(long handle, long id, int directions, boolean foreign);

    /**
     * Watches other directions from now on, and arms them: what is ready now is reported.
     *
     * @param handle whose
     * @param id what it was added by
     * @param directions which
     * @param foreign as it was added
     * @return 0
     */
    int change(long handle, long id, int directions, boolean foreign);

    /**
     * Arms directions again, because an operation would have blocked: ready since then is reported.
     *
     * @param handle whose
     * @param id what it was added by
     * @param directions those that were tried, all of them watched
     * @return 0
     */
    int wouldBlock(long handle, long id, int directions);

    /**
     * Stops watching.
     *
     * @param handle whose
     * @param id what it was added by
     * @return 0
     */
    int remove(long handle, long id);

    /**
     * Waits until something is ready, the time is over, or {@link #wakeUp()} was called since the last wait ended.
     *
     * @param nanos how long at most; 0 does not wait, negative waits without end
     * @return how many are ready, perhaps none
     */
    int await(long nanos);

    /**
     * The id of something ready.
     *
     * @param index 0 or greater, less than what {@link #await} returned
     * @return what it was added by, or 0 if it is to be passed over
     */
    long id(int index);

    /**
     * How something is ready. A direction that is not armed may be among them.
     *
     * @param index 0 or greater, less than what {@link #await} returned
     * @return bits
     */
    int readiness(int index);

    /**
     * Which directions {@link #wouldBlock} has to arm again; the system arms the others by itself.
     *
     * @return bits
     */
    int armedByCaller();

    /** Ends the wait that is going on, or else the next. */
    void wakeUp();

    /** Closes; nothing may be called any more. */
    void close();
}
