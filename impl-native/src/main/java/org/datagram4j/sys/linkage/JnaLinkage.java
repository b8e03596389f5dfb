package org.datagram4j.sys.linkage;

import com.sun.jna.Native;
import com.sun.jna.Pointer;
import java.nio.ByteBuffer;

/** Linkage by JNA's direct mapping, for Java 17 to 21. */
final class JnaLinkage implements Linkage {
    private final LinuxCalls linux = new JnaLinuxCalls(); // links now, so that a missing or broken JNA shows here

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
        return linux;
    }

    @Override
    public LinuxCalls linux() {
        return linux;
    }
}
