package org.datagram4j.sys.linkage;

import java.nio.ByteBuffer;

/** One way of calling functions of the system. Safe for use by any thread. */
public interface Linkage {
    /**
     * A short name, for people.
     *
     * @return for example {@code java.lang.foreign}
     */
    String name();

    /**
     * Where a direct buffer lies in memory. The address is good as long as the buffer is reachable.
     *
     * @param direct a direct buffer that is backed by no arena; its position does not matter
     * @return the address of its byte 0
     */
    long address(ByteBuffer direct);

    /**
     * The functions of Linux, for one thread at a time: they need not look up what belongs to the thread.
     *
     * @return the functions; safe for use by whoever has them to itself for the length of a call
     */
    LinuxCalls linuxForOneThread();

    /**
     * The functions of Linux.
     *
     * @return the functions, linked
     * @throws LinkageError if one is missing, or if Java may not call them
     * @throws RuntimeException {@code IllegalCallerException} if native access is denied
     */
    LinuxCalls linux();

    /**
     * The functions of Windows.
     *
     * @return the functions, linked
     * @throws LinkageError if one is missing, or if Java may not call them
     */
    WindowsCalls windows();

    /** Lets go of what it holds of the process: no function is called any more. */
    default void close() {}
}
