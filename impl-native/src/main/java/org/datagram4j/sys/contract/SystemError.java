package org.datagram4j.sys.contract;

import org.datagram4j.ErrorKind;

/**
 * What an error code of a system means.
 *
 * @param code the number
 * @param name its name, as in the system's headers
 * @param kind the same in every backend
 * @param text what it says, and what to do about it
 */
public record SystemError(int code, String name, ErrorKind kind, String text) {
    @Override
    public String toString() {
        return name + " (" + code + "), " + text;
    }
}
