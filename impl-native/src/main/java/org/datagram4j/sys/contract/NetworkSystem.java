package org.datagram4j.sys.contract;

import java.net.StandardProtocolFamily;
import java.util.Set;
import org.datagram4j.Capability;
import org.datagram4j.Profile;
import org.datagram4j.UdpException;

/**
 * What an operating system must supply, besides {@link Datagrams} and {@link SystemPoll}.
 *
 * <p>Nothing blocks, nothing but the two factory methods allocates on every call, and every method is for any thread. A
 * handle is what the system calls a socket. A method that returns a number returns the system's error code, negated, if
 * the call failed; {@link #WOULD_BLOCK} stands for the codes that mean so. The caller makes sure that a handle is not
 * closed while it is in use.
 */
public interface NetworkSystem {
    /** What a call returns that would have to wait; no error code is as large. */
    int WOULD_BLOCK = Integer.MIN_VALUE;

    /**
     * Which system, for people.
     *
     * @return for example {@code Linux on amd64}
     */
    String name();

    /**
     * Whose behaviour it shows.
     *
     * @return the profile
     */
    Profile profile();

    /** Lets go of what it holds of the process; called once, when there is no handle any more and will be none. */
    default void leave() {}

    /**
     * What works here, found out once.
     *
     * @return an unmodifiable set
     */
    Set<Capability> capabilities();

    /**
     * How many segments one {@link Datagrams#send} takes.
     *
     * @return 64 or greater
     */
    int segments();

    /**
     * What an error code means.
     *
     * @param code positive
     * @return its meaning, never null
     */
    SystemError error(int code);

    /**
     * The code of "message too long".
     *
     * @return EMSGSIZE, WSAEMSGSIZE
     */
    int messageTooLong();

    /**
     * Whether a send of several segments was refused in a way that plain sends may not be.
     *
     * @param code positive
     * @return true if it is worth trying without segmentation
     */
    boolean refusesSegments(int code);

    /**
     * Opens a UDP socket, non-blocking and not inherited by child processes. An IPv6 socket takes IPv4, too.
     *
     * @param family which IP version
     * @return the handle
     */
    long open(StandardProtocolFamily family);

    /**
     * Looks at a handle that was made elsewhere and makes it non-blocking.
     *
     * @param handle what the caller gave
     * @return 4 or 6 for the IP version, 0 if it is something else than a bound UDP socket, which is left as it was
     */
    int adopt(long handle);

    /** Binds. Returns 0. */
    int bind(long handle, StandardProtocolFamily family, RawAddress address);

    /** Connects. Returns 0. */
    int connect(long handle, StandardProtocolFamily family, RawAddress peer);

    /** Dissolves a connection; the local port may get lost. Returns 0. */
    int disconnect(long handle);

    /** Finds out where it is bound. Returns 0. */
    int localAddress(long handle, RawAddress into);

    /** Finds out whom it is connected to. Returns 0. */
    int peerAddress(long handle, RawAddress into);

    /** Takes the pending error. Returns its code, positive, or 0 if there is none. */
    int takeError(long handle);

    /**
     * Takes the oldest entry from the queue of errors that {@link Setting#ERROR_QUEUE} asks for.
     *
     * @param handle the socket
     * @return its code, positive, or {@link #WOULD_BLOCK} if the queue is empty
     */
    int takeQueuedError(long handle);

    /** Reads a setting. Returns its value, which is not negative. */
    int get(long handle, StandardProtocolFamily family, Setting setting);

    /** Changes a setting. Returns 0. */
    int set(long handle, StandardProtocolFamily family, Setting setting, int value);

    /** Whether sockets of an IP version have a setting. */
    boolean has(StandardProtocolFamily family, Setting setting);

    /** Restricts to one network interface. Returns 0. */
    int bindToDevice(long handle, String name);

    /**
     * Joins or leaves a multicast group.
     *
     * @param handle the socket
     * @param group the group
     * @param interfaceIndex the interface
     * @param source the one sender to be heard, or null
     * @param join whether to join, otherwise leave
     * @return 0
     */
    int membership(long handle, RawAddress group, int interfaceIndex, RawAddress source, boolean join);

    /** Closes. Returns 0. */
    int close(long handle);

    /**
     * Allocates memory for datagrams.
     *
     * @param slots how many
     * @param slotBytes room for payload in each
     * @return the memory, freed when it is not reachable any more
     */
    Datagrams newDatagrams(int slots, int slotBytes);

    /**
     * Opens what waits for sockets.
     *
     * @return open
     * @throws UdpException if the system refuses
     */
    SystemPoll openPoll() throws UdpException;
}
