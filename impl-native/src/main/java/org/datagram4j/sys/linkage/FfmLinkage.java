package org.datagram4j.sys.linkage;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;

/** Linkage by java.lang.foreign, for Java 22 and up. */
@SuppressWarnings("restricted")
final class FfmLinkage implements Linkage {
    /** Linked when Linux is first asked for. */
    private static final class Linux {
        static final LinuxCalls CALLS = new FfmLinuxCalls();
    }

    /** Linked when Windows is first asked for. */
    private static final class Windows {
        static final WindowsCalls CALLS = new FfmWindowsCalls();
    }

    FfmLinkage() {
        Linker.nativeLinker().downcallHandle(FunctionDescriptor.ofVoid()); // refused native access shows here
    }

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
        return Linux.CALLS;
    }

    @Override
    public WindowsCalls windows() {
        return Windows.CALLS;
    }
}
