package org.datagram4j.sys.linkage;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/** Messages by java.lang.foreign. The handles are constants, the addresses their first arguments. */
@SuppressWarnings("restricted")
final class FfmWindowsMessages implements WindowsMessages {
    private static final Linker LINKER = Linker.nativeLinker();

    private static final MethodHandle RECEIVE = LINKER.downcallHandle(
            FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG),
            FfmWindowsCalls.capture());
    private static final MethodHandle SEND = LINKER.downcallHandle(
            FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_LONG),
            FfmWindowsCalls.capture());

    private final MemorySegment receive;
    private final MemorySegment send;

    FfmWindowsMessages(long receive, long send) {
        this.receive = MemorySegment.ofAddress(receive);
        this.send = MemorySegment.ofAddress(send);
    }

    @Override
    public int receive(long socket, long message, long received, long overlapped, long completion) {
        MemorySegment state = FfmErrno.borrow();
        try {
            int result = (int) RECEIVE.invokeExact(receive, state, socket, message, received, overlapped, completion);
            return result == -1 ? FfmWindowsCalls.error(state) : result;
        } catch (Throwable thrown) {
            throw FfmWindowsCalls.unexpected(thrown);
        } finally {
            FfmErrno.giveBack(state);
        }
    }

    @Override
    public int send(long socket, long message, int flags, long sent, long overlapped, long completion) {
        MemorySegment state = FfmErrno.borrow();
        try {
            int result = (int) SEND.invokeExact(send, state, socket, message, flags, sent, overlapped, completion);
            return result == -1 ? FfmWindowsCalls.error(state) : result;
        } catch (Throwable thrown) {
            throw FfmWindowsCalls.unexpected(thrown);
        } finally {
            FfmErrno.giveBack(state);
        }
    }
}
