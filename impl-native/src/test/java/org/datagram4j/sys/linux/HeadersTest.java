package org.datagram4j.sys.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Compares layouts and constants with what a C compiler makes of the headers. */
class HeadersTest {
    private static final String INCLUDES = """
            #define _GNU_SOURCE
            #include <stddef.h>
            #include <stdio.h>
            #include <errno.h>
            #include <fcntl.h>
            #include <netinet/in.h>
            #include <sys/epoll.h>
            #include <sys/eventfd.h>
            #include <sys/socket.h>
            #include <sys/syscall.h>
            #include <sys/uio.h>
            #include <time.h>
            #include <linux/errqueue.h>
            #include <linux/udp.h>
            #ifndef IP_MULTICAST_ALL
            #define IP_MULTICAST_ALL 49
            #endif
            #ifndef SCM_TIMESTAMPNS
            #define SCM_TIMESTAMPNS SO_TIMESTAMPNS
            #endif
            """;

    @TempDir
    Path directory;

    /** Our numbers, by the C expressions they stand for. */
    private final Map<String, Long> ours = new LinkedHashMap<>();

    @Test
    void numbersAreThoseOfTheHeaders() throws Exception {
        constants();
        messages();
        addresses();
        epoll();
        Map<String, Long> theirs = compiled();
        ours.forEach((expression, number) -> assertEquals(theirs.get(expression), number, expression));
    }

    private void constants() throws IllegalAccessException {
        for (Field field : SocketConstants.class.getDeclaredFields()) {
            if (Modifier.isStatic(field.getModifiers()) && field.getType() == int.class) {
                put(field.getName(), field.getInt(null));
            }
        }
        for (Errno errno : Errno.values()) {
            put(errno.name(), errno.code);
        }
    }

    private void messages() {
        put("offsetof(struct msghdr, msg_name)", MessageLayout.NAME);
        put("offsetof(struct msghdr, msg_namelen)", MessageLayout.NAME_LENGTH);
        put("offsetof(struct msghdr, msg_iov)", MessageLayout.IOV);
        put("offsetof(struct msghdr, msg_iovlen)", MessageLayout.IOV_LENGTH);
        put("offsetof(struct msghdr, msg_control)", MessageLayout.CONTROL);
        put("offsetof(struct msghdr, msg_controllen)", MessageLayout.CONTROL_LENGTH);
        put("offsetof(struct msghdr, msg_flags)", MessageLayout.FLAGS);
        put("sizeof(struct msghdr)", MessageLayout.MESSAGE_SIZE);
        put("offsetof(struct mmsghdr, msg_len)", MessageLayout.MULTI_LENGTH);
        put("sizeof(struct mmsghdr)", MessageLayout.MULTI_SIZE);
        put("offsetof(struct iovec, iov_base)", MessageLayout.IOV_BASE);
        put("offsetof(struct iovec, iov_len)", MessageLayout.IOV_BYTES);
        put("sizeof(struct iovec)", MessageLayout.IOV_SIZE);
        put("offsetof(struct cmsghdr, cmsg_len)", MessageLayout.CONTROL_BYTES);
        put("offsetof(struct cmsghdr, cmsg_level)", MessageLayout.CONTROL_LEVEL);
        put("offsetof(struct cmsghdr, cmsg_type)", MessageLayout.CONTROL_TYPE);
        put("CMSG_LEN(0)", MessageLayout.CONTROL_HEADER);
        for (int length : new int[] {0, 1, 2, 4, 8, 12, 16, 20}) {
            put("CMSG_SPACE(" + length + ")", MessageLayout.controlSpace(length));
        }
        put("offsetof(struct in_pktinfo, ipi_ifindex)", ControlWriter.V4_INFO_INTERFACE);
        put("offsetof(struct in_pktinfo, ipi_spec_dst)", ControlWriter.V4_INFO_SOURCE);
        put("offsetof(struct in_pktinfo, ipi_addr)", ControlWriter.V4_INFO_ADDRESS);
        put("sizeof(struct in_pktinfo)", ControlWriter.V4_INFO_SIZE);
        put("offsetof(struct in6_pktinfo, ipi6_addr)", ControlWriter.V6_INFO_ADDRESS);
        put("offsetof(struct in6_pktinfo, ipi6_ifindex)", ControlWriter.V6_INFO_INTERFACE);
        put("sizeof(struct in6_pktinfo)", ControlWriter.V6_INFO_SIZE);
        put("offsetof(struct sock_extended_err, ee_errno)", ErrorQueue.ERRNO);
        put("offsetof(struct timespec, tv_nsec)", 8);
        put("sizeof(struct timespec)", 16);
    }

    private void addresses() {
        put("offsetof(struct sockaddr_in, sin_family)", AddressLayout.FAMILY);
        put("offsetof(struct sockaddr_in, sin_port)", AddressLayout.PORT);
        put("offsetof(struct sockaddr_in, sin_addr)", AddressLayout.V4_ADDRESS);
        put("sizeof(struct sockaddr_in)", AddressLayout.V4_SIZE);
        put("offsetof(struct sockaddr_in6, sin6_port)", AddressLayout.PORT);
        put("offsetof(struct sockaddr_in6, sin6_flowinfo)", AddressLayout.V6_FLOWINFO);
        put("offsetof(struct sockaddr_in6, sin6_addr)", AddressLayout.V6_ADDRESS);
        put("offsetof(struct sockaddr_in6, sin6_scope_id)", AddressLayout.V6_SCOPE_ID);
        put("sizeof(struct sockaddr_in6)", AddressLayout.V6_SIZE);
        put("offsetof(struct group_req, gr_group)", GroupLayout.GROUP);
        put("sizeof(struct group_req)", GroupLayout.SIZE);
        put("offsetof(struct group_source_req, gsr_group)", GroupLayout.GROUP);
        put("offsetof(struct group_source_req, gsr_source)", GroupLayout.SOURCE);
        put("sizeof(struct group_source_req)", GroupLayout.SOURCE_SIZE);
        put("offsetof(struct ip_mreqn, imr_ifindex)", GroupLayout.MREQN_INTERFACE);
        put("sizeof(struct ip_mreqn)", GroupLayout.MREQN_SIZE);
    }

    private void epoll() throws IllegalAccessException {
        for (Field field : EpollLayout.class.getDeclaredFields()) {
            String name = field.getName();
            if (name.startsWith("EPOLL") || name.startsWith("EFD")) {
                put("(int) " + name, field.getInt(null));
            }
        }
        EpollLayout here = EpollLayout.on(System.getProperty("os.arch"));
        put("offsetof(struct epoll_event, events)", EpollLayout.EVENTS);
        put("offsetof(struct epoll_event, data)", here.data);
        put("sizeof(struct epoll_event)", here.size);
        put("SYS_epoll_pwait2", EpollLayout.SYS_EPOLL_PWAIT2);
    }

    private void put(String expression, long number) {
        ours.put(expression, number);
    }

    private Map<String, Long> compiled() throws IOException, InterruptedException {
        StringBuilder program = new StringBuilder(INCLUDES).append("int main(void) {\n");
        ours.keySet()
                .forEach(expression -> program.append("    printf(\"%lld\\n\", (long long) (")
                        .append(expression)
                        .append("));\n"));
        Path source = Files.writeString(directory.resolve("numbers.c"), program.append("    return 0;\n}\n"));
        Path binary = directory.resolve("numbers");
        assumeTrue(runs("cc", "--version"), "there is no C compiler called cc");
        String errors = output("cc", "-o", binary.toString(), source.toString());
        assumeTrue(Files.isExecutable(binary), () -> "the headers cannot be compiled: " + errors);
        String[] lines = output(binary.toString()).split("\n");
        assertEquals(ours.size(), lines.length);
        Map<String, Long> theirs = new LinkedHashMap<>();
        int line = 0;
        for (String expression : ours.keySet()) {
            theirs.put(expression, Long.valueOf(lines[line++].strip()));
        }
        return theirs;
    }

    private static boolean runs(String... command) throws InterruptedException {
        try {
            output(command);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static String output(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor(20, TimeUnit.SECONDS);
        return output;
    }
}
