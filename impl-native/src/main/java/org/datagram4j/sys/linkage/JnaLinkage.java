package org.datagram4j.sys.linkage;

import com.sun.jna.Native;
import com.sun.jna.Pointer;
import java.nio.ByteBuffer;

/** Linkage by JNA's direct mapping, for Java 17 to 21. */
final class JnaLinkage implements Linkage {
    /** Linked when Linux is first asked for, and again after it was let go. Guarded by this. */
    private JnaLinuxCalls linux;

    /** As the former. */
    private JnaWindowsCalls windows;

    JnaLinkage() {
        Native.getLastError(); // a missing or broken JNA shows here
    }

    @Override
    public String name() {
        return "JNA " + Native.VERSION;
    }

    @Override
    public long address(ByteBuffer direct) {
        return Pointer.nativeValue(Native.getDirectBufferPointer(direct));
    }

    @Override
    public LinuxCalls linuxForOneThread() {
        return linux();
    }

    @Override
    public synchronized LinuxCalls linux() {
        if (linux == null) {
            linux = new JnaLinuxCalls();
        }
        return linux;
    }

    @Override
    public synchronized WindowsCalls windows() {
        if (windows == null) {
            windows = new JnaWindowsCalls();
        }
        return windows;
    }

    @Override
    public synchronized void close() {
        if (linux != null) {
            linux.close();
            linux = null;
        }
        if (windows != null) {
            windows.close();
            windows = null;
        }
    }
}
