package org.datagram4j.sys.windows;

import org.datagram4j.sys.linkage.Memory;

/**
 * One socket in one poll, and the memory of its requests to AFD, one for each direction. AFD writes there until the
 * request has come back, so a watch is used for another socket only then. Guarded by the lock of its poll.
 */
final class Watch {
    /** The place in the poll's table. */
    final int place;

    /** For each direction: status, then the request. */
    final Memory memory;

    /** What the caller knows it by. */
    long id;

    /** The socket's base handle, below whatever has put itself between. */
    long socket;

    AfdHelper helper;

    /** The directions that are watched, bits of {@code EventList}. */
    int wanted;

    /** The directions whose request AFD has. */
    int pending;

    /** Whether it goes as soon as nothing is pending. */
    boolean removed;

    Watch(int place, Memory memory) {
        this.place = place;
        this.memory = memory;
    }
}
