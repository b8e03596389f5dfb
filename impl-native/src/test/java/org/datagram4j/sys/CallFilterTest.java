package org.datagram4j.sys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.datagram4j.Events;
import org.datagram4j.Interest;
import org.datagram4j.Poll;
import org.datagram4j.Token;
import org.datagram4j.UdpSocket;
import org.datagram4j.sys.linkage.Linkage;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the backend does where a filter refuses system calls: without what it can do without, and otherwise not at all. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class CallFilterTest {
    private static final int EPERM = 1;
    private static final int ENOSYS = 38;

    // <asm/unistd.h>
    private static final boolean ARM = System.getProperty("os.arch").equals("aarch64");
    private static final int SOCKET = ARM ? 198 : 41;
    private static final int EPOLL_CREATE1 = ARM ? 20 : 291;
    private static final int EVENTFD2 = ARM ? 19 : 290;
    private static final int RECVMMSG = ARM ? 243 : 299;
    private static final int SENDMMSG = ARM ? 269 : 307;
    private static final int EPOLL_PWAIT2 = 441;

    static Linkage[] linkages() {
        return Lab.linkages().toArray(Linkage[]::new);
    }

    @ParameterizedTest
    @MethodSource("linkages")
    void waitsByWholeMillisecondsWithoutThePreciseWait(Linkage linkage) throws Exception {
        for (int errno : new int[] {EPERM, ENOSYS}) {
            CallFilter.without(EPOLL_PWAIT2, errno, () -> {
                NativeBackend backend = new NativeBackend(Lab.system(linkage));
                try (Poll poll = backend.openPoll();
                        UdpSocket socket = backend.bind(Lab.any())) {
                    Events events = poll.newEvents(4);
                    Duration timeout = Duration.ofNanos(1_300_000);
                    long start = System.nanoTime();
                    assertEquals(0, poll.poll(events, timeout));
                    assertTrue(System.nanoTime() - start >= timeout.toNanos(), "it returned early");
                    poll.registry().register(socket, new Token(1), Interest.READABLE);
                    socket.sendTo(Lab.bytes(3), socket.localAddress());
                    Lab.await(poll, events);
                    assertEquals(3, Lab.receive(socket, Lab.bytes(8)));
                }
                return null;
            });
        }
    }

    @ParameterizedTest
    @MethodSource("linkages")
    void saysWhichCallIsRefusedAndWhatToDo(Linkage linkage) throws Exception {
        refuses(linkage, SOCKET, "opening a UDP socket");
        refuses(linkage, EPOLL_CREATE1, "epoll_create1");
        refuses(linkage, EVENTFD2, "eventfd");
        refuses(linkage, RECVMMSG, "recvmmsg");
        refuses(linkage, SENDMMSG, "sendmmsg");
    }

    private static void refuses(Linkage linkage, int call, String named) throws Exception {
        for (int errno : new int[] {EPERM, ENOSYS}) {
            long before = Lab.descriptors();
            UnsupportedOperationException refusal = CallFilter.without(
                    call, errno, () -> assertThrows(UnsupportedOperationException.class, () -> Lab.system(linkage)));
            assertTrue(refusal.getMessage().contains(named), refusal.getMessage());
            assertTrue(refusal.getMessage().contains("'nio'"), refusal.getMessage());
            assertEquals(before, Lab.descriptors(), "descriptors stayed open");
        }
    }
}
