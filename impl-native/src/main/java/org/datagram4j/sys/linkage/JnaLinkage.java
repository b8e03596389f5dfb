package org.datagram4j.sys.linkage;

import com.sun.jna.Native;
import com.sun.jna.Pointer;
import java.nio.ByteBuffer;

/** Linkage by JNA's direct mapping, for Java 17 to 21. */
final class JnaLinkage implements Linkage {
    /** Linked when Linux is first asked for. */
    private static final class Linux {
        static final LinuxCalls CALLS = new JnaLinuxCalls();
    }

    /** Linked when Windows is first asked for. */
    private static final class Windows {
        static final WindowsCalls CALLS = new JnaWindowsCalls();
    }

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
        return Linux.CALLS;
    }

    @Override
    public LinuxCalls linux() {
        return Linux.CALLS;
    }

    @Override
    public WindowsCalls windows() {
        return Windows.CALLS;
    }
}
