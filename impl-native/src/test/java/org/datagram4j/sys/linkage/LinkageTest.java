package org.datagram4j.sys.linkage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LinkageTest {
    private static final int EBADF = 9;
    private static final int EINVAL = 22;

    static Stream<Linkage> linkages() {
        return Runtime.version().feature() >= 22
                ? Stream.of(Linkages.foreign(), Linkages.jna())
                : Stream.of(Linkages.jna());
    }

    @Test
    void choosesByTheVersionOfJava() {
        Class<?> expected = Runtime.version().feature() >= 22 ? FfmLinkage.class : JnaLinkage.class;
        assertInstanceOf(expected, Linkages.best());
    }

    @ParameterizedTest
    @MethodSource("linkages")
    void failuresAreNegatedErrorNumbers(Linkage linkage) {
        LinuxCalls calls = linkage.linux();
        assertEquals(-EBADF, calls.close(-1));
        assertEquals(-EBADF, calls.recvmsg(-1, 0, 0));
        assertEquals(-EBADF, calls.sendto(-1, 0, 0, 0, 0, 0));
        assertEquals(-EBADF, calls.recvfrom(-1, 0, 0, 0, 0, 0));
        assertEquals(-EINVAL, calls.epollCreate(-1));
        assertEquals(-EBADF, calls.syscall(441, -1, 1, 1, 0, 0, 0)); // epoll_pwait2
    }

    @ParameterizedTest
    @MethodSource("linkages")
    void addressesAreThoseOfTheMemory(Linkage linkage) {
        ByteBuffer memory = ByteBuffer.allocateDirect(16).order(ByteOrder.nativeOrder());
        long address = linkage.address(memory);
        assertEquals(address, linkage.address(memory.position(3)));
        int fd = linkage.linux().eventfd(5, 0x800);
        assertTrue(fd >= 0, "eventfd returned " + fd);
        assertEquals(8, linkage.linux().read(fd, address + 8, 8));
        assertEquals(5, memory.getLong(8));
        assertEquals(-11, linkage.linux().read(fd, address, 8)); // EAGAIN
        assertEquals(0, linkage.linux().close(fd));
    }

    @ParameterizedTest
    @MethodSource("linkages")
    void manyThreadsKeepTheirErrorsApart(Linkage linkage) throws Exception {
        Thread[] threads = new Thread[4];
        int[] wrong = new int[threads.length];
        for (int t = 0; t < threads.length; t++) {
            int number = t;
            threads[t] = new Thread(() -> {
                for (int i = 0; i < 20_000; i++) {
                    boolean even = (i + number) % 2 == 0;
                    int result =
                            even ? linkage.linux().close(-1) : linkage.linux().epollCreate(-1);
                    wrong[number] += result == (even ? -EBADF : -EINVAL) ? 0 : 1;
                }
            });
            threads[t].start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
        for (int count : wrong) {
            assertEquals(0, count);
        }
    }
}
