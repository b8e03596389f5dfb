package org.datagram4j.sys;

import static org.junit.jupiter.api.Assumptions.abort;

import com.sun.jna.Function;
import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;

/**
 * A thread for which the kernel refuses one system call, as containers' seccomp profiles do. The filter ends with the
 * thread. Where no filter may be set the test is aborted with the reason.
 */
final class CallFilter {
    // <linux/prctl.h>, <linux/seccomp.h>
    private static final int PR_SET_NO_NEW_PRIVS = 38;
    private static final int PR_SET_SECCOMP = 22;
    private static final int SECCOMP_MODE_FILTER = 2;
    private static final int SECCOMP_RET_ERRNO = 0x0005_0000;
    private static final int SECCOMP_RET_ALLOW = 0x7fff_0000;

    // <linux/bpf_common.h>
    private static final int LOAD_WORD = 0x20;
    private static final int JUMP_IF_EQUAL = 0x15;
    private static final int RETURN = 0x06;

    private CallFilter() {}

    /**
     * Runs something with a call refused, and hands on how it ends.
     *
     * @param number the call's on this processor
     * @param errno what it fails with
     */
    static <T> T without(int number, int errno, Callable<T> body) throws Exception {
        FutureTask<T> task = Lab.start(() -> {
            refuse(number, errno);
            return body.call();
        });
        return Lab.join(task);
    }

    private static void refuse(int number, int errno) {
        // struct sock_filter { __u16 code; __u8 jt; __u8 jf; __u32 k; }
        Memory filter = new Memory(4 * 8);
        instruction(filter, 0, LOAD_WORD, 0, 0); // struct seccomp_data begins with the number of the call
        instruction(filter, 1, JUMP_IF_EQUAL, 1, number);
        instruction(filter, 2, RETURN, 0, SECCOMP_RET_ERRNO | errno);
        instruction(filter, 3, RETURN, 0, SECCOMP_RET_ALLOW);
        // struct sock_fprog { unsigned short len; struct sock_filter *filter; }
        Memory program = new Memory(16);
        program.setShort(0, (short) 4);
        program.setPointer(8, filter);
        Function prctl = NativeLibrary.getProcess().getFunction("prctl");
        if (prctl.invokeInt(new Object[] {PR_SET_NO_NEW_PRIVS, 1L, 0L, 0L, 0L}) != 0
                || prctl.invokeInt(new Object[] {PR_SET_SECCOMP, SECCOMP_MODE_FILTER, program}) != 0) {
            abort("no filter on system calls can be set here: prctl says errno " + Native.getLastError());
        }
    }

    private static void instruction(Memory filter, int index, int code, int jumpIfFalse, int operand) {
        filter.setShort(index * 8L, (short) code);
        filter.setByte(index * 8L + 2, (byte) 0);
        filter.setByte(index * 8L + 3, (byte) jumpIfFalse);
        filter.setInt(index * 8L + 4, operand);
    }
}
