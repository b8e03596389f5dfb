package org.datagram4j;

/** A number that a backend is bound by; constant for the life of the backend. See {@link UdpBackend#limit(Limit)}. */
public enum Limit {
    /** Largest payload of one IPv4 datagram, in bytes: 65,507 (65,535 less 20 of IP and 8 of UDP header). */
    PAYLOAD_V4_BYTES,
    /** Largest payload of one IPv6 datagram without jumbograms, in bytes: 65,527 (65,535 less 8 of UDP header). */
    PAYLOAD_V6_BYTES,
    /** Most slots that one {@link UdpSocket#recvBatch} fills; a longer range is served in part. At least 1. */
    RECV_BATCH_SLOTS,
    /** Most slots that one {@link UdpSocket#sendBatch} sends; a longer range is served in part. At least 1. */
    SEND_BATCH_SLOTS,
    /** Most segments that one {@link UdpSocket#sendSegmented} takes. At least 64. */
    SEGMENTS,
    /** How many senders' address objects a socket keeps, so that naming them again allocates nothing. At least 1. */
    SENDERS_CACHED
}
