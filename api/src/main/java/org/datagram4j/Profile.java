package org.datagram4j;

/** The family of systems whose behaviour a backend shows where systems legally differ. */
public enum Profile {
    /** Linux, macOS and the BSDs: {@link TruncationPolicy#PLATFORM} means {@link TruncationPolicy#DISCARD}. */
    UNIX,
    /** Windows: {@link TruncationPolicy#PLATFORM} means {@link TruncationPolicy#ERROR}, as Winsock's WSAEMSGSIZE does. */
    WINDOWS
}
