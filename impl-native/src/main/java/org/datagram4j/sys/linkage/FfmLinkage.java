package org.datagram4j.sys.linkage;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;

/** Linkage by java.lang.foreign, for Java 22 and up. */
final class FfmLinkage implements Linkage {
    private final LinuxCalls linux = new FfmLinuxCalls(); // links now, so that refused native access shows here

    @Override
    public String name() {
        return "java.lang.foreign";
    }

    @Override
    public long address(ByteBuffer direct) {
        return MemorySegment.ofBuffer(direct.duplicate().clear()).address();
    }

    @Override
    public LinuxCalls linuxForOneThread() {
        return new FfmLinuxCalls(FfmErrno.allocate());
    }

    @Override
    public LinuxCalls linux() {
        return linux;
    }
}
