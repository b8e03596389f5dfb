package org.datagram4j.sys.windows;

import java.nio.charset.StandardCharsets;
import org.datagram4j.sys.linkage.Memory;
import org.datagram4j.sys.linkage.WindowsCalls;

/**
 * An open handle of AFD, by which some sockets are polled; its completions go to a port. AFD serves the requests of one
 * handle one after the other, so there are more of them where there are many sockets.
 */
final class AfdHelper {
    /** How many sockets one serves. */
    static final int MOST_SOCKETS = 32;

    private static final byte[] NAME = "\\Device\\Afd\\datagram4j".getBytes(StandardCharsets.UTF_16LE);

    // Where things are in the memory of a control call.
    private static final int HANDLE = 0;
    private static final int IO_STATUS = 16;
    private static final int STRING = 32;
    private static final int ATTRIBUTES = 64;
    private static final int TEXT = 128;

    /** The handle. */
    final long handle;

    /** How many sockets it serves. */
    int sockets;

    private AfdHelper(long handle) {
        this.handle = handle;
    }

    /**
     * Opens one.
     *
     * @param system the system
     * @param port where its completions go
     * @param key what they are known by there
     * @param code gets the error, negated, if that fails
     * @return the helper, or null
     */
    static AfdHelper open(WindowsSystem system, long port, long key, int[] code) {
        WindowsCalls calls = system.calls();
        Memory m = system.borrow();
        long handle;
        try {
            for (int i = 0; i < TEXT; i += 8) {
                m.bytes.putLong(i, 0);
            }
            m.bytes.put(TEXT, NAME);
            m.bytes.putShort(STRING + AfdLayout.NAME_LENGTH, (short) NAME.length);
            m.bytes.putShort(STRING + AfdLayout.NAME_ROOM, (short) NAME.length);
            m.bytes.putLong(STRING + AfdLayout.NAME_BUFFER, m.address + TEXT);
            m.bytes.putInt(ATTRIBUTES + AfdLayout.ATTRIBUTES_LENGTH, AfdLayout.ATTRIBUTES_SIZE);
            m.bytes.putLong(ATTRIBUTES + AfdLayout.ATTRIBUTES_NAME, m.address + STRING);
            int status = calls.createFile(
                    m.address + HANDLE,
                    AfdLayout.SYNCHRONIZE,
                    m.address + ATTRIBUTES,
                    m.address + IO_STATUS,
                    0,
                    0,
                    AfdLayout.FILE_SHARE_READ_WRITE,
                    AfdLayout.FILE_OPEN,
                    0,
                    0,
                    0);
            if (status != AfdLayout.STATUS_SUCCESS) {
                code[0] = -calls.dosError(status);
                return null;
            }
            handle = m.bytes.getLong(HANDLE);
        } finally {
            system.giveBack(m);
        }
        long associated = calls.createCompletionPort(handle, port, key, 0);
        int quiet = associated < 0
                ? (int) associated
                : calls.notificationModes(handle, AfdLayout.FILE_SKIP_SET_EVENT_ON_HANDLE);
        if (quiet < 0) {
            code[0] = quiet;
            calls.closeHandle(handle);
            return null;
        }
        return new AfdHelper(handle);
    }
}
