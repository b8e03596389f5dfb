package org.datagram4j;

/**
 * What a receive does with a datagram that is longer than the room in the buffer.
 *
 * <p>In every policy the buffer gets the first bytes, its position moves over them, {@link DatagramInfo#truncated()} is
 * true and {@link DatagramInfo#originalLength()} tells the length that was sent where the backend knows it. A receive
 * drops the rest of the datagram; a peek leaves the whole datagram queued and says so each time it is repeated. Every
 * policy works on every system. Batches never throw for truncation: they flag the slot.
 *
 * <p>Rules: UDP-RECV.
 */
public enum TruncationPolicy {
    /** The Unix way: the prefix is delivered and the call returns its length. */
    DISCARD,
    /**
     * The Windows way: the prefix is delivered, and then the call throws {@link UdpException} of kind
     * {@link ErrorKind#MESSAGE_TRUNCATED} that carries the sender and the delivered and original lengths.
     */
    ERROR,
    /** What mio would show on this system: {@link #DISCARD} for {@link Profile#UNIX}, else {@link #ERROR}. */
    PLATFORM;

    /**
     * What this policy comes to on a profile.
     *
     * @param profile the backend's profile
     * @return {@link #DISCARD} or {@link #ERROR}, never {@link #PLATFORM}
     */
    public TruncationPolicy on(Profile profile) {
        return this != PLATFORM ? this : profile == Profile.WINDOWS ? ERROR : DISCARD;
    }
}
