package org.datagram4j.sys;

import org.datagram4j.ErrorKind;
import org.datagram4j.UdpException;
import org.datagram4j.sys.contract.NetworkSystem;
import org.datagram4j.sys.contract.SystemError;

/** Makes exceptions of the codes that a system returns. */
final class Failures {
    private Failures() {}

    /**
     * The exception for a call that failed.
     *
     * @param system whose code it is
     * @param doing what was asked
     * @param result what the call returned, negative
     * @return the exception, to be thrown
     */
    static UdpException of(NetworkSystem system, String doing, long result) {
        SystemError error = system.error((int) -result);
        return new UdpException(error.kind(), error.code(), doing + ": " + error, null);
    }

    /**
     * The same, where the code means something special.
     *
     * @param system whose code it is
     * @param doing what was asked
     * @param result what the call returned, negative
     * @param kind what it means
     * @return the exception, to be thrown
     */
    static UdpException of(NetworkSystem system, String doing, long result, ErrorKind kind) {
        SystemError error = system.error((int) -result);
        return new UdpException(kind, error.code(), doing + ": " + error, null);
    }

    /** Passes on what is not negative. */
    static int check(NetworkSystem system, String doing, int result) throws UdpException {
        if (result < 0) {
            throw of(system, doing, result);
        }
        return result;
    }
}
