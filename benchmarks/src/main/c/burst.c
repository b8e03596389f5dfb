/*
 * The limit that the Java contenders are compared with: the same loops without a JVM.
 *
 *   burst single   BYTES MILLIS   a burst of 32 datagrams by sendto and recvfrom
 *   burst batch    BYTES MILLIS   a burst by one sendmmsg and one recvmmsg
 *   burst segments BYTES MILLIS   a burst by one sendmsg with UDP_SEGMENT and one recvmsg with UDP_GRO
 *   burst event    COUNT MILLIS   one datagram to one of COUNT registered sockets, epoll_wait, receive
 *   burst sleep    BYTES MILLIS   a round trip between two threads that sleep in epoll_wait
 *   burst spin     BYTES MILLIS   a round trip between two threads that spin on epoll_wait
 *
 * Bursts go through one loopback socket to itself. Prints one line, "ns=<per operation> count=<operations>", or
 * "skip=<why>", and ends with 0; anything unexpected ends with 1 and a line on the standard error. What one thread does
 * alone is measured by the time it had a processor, which other processes disturb least; a round trip by the clock.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/udp.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#ifndef UDP_SEGMENT
#define UDP_SEGMENT 103
#endif
#ifndef UDP_GRO
#define UDP_GRO 104
#endif

enum {
    BURST = 32,
    MOST_BYTES = 65535,
    WARM_UP_MILLIS = 50,
    STEPS_PER_CLOCK = 32,
    MOST_TIMES_LONGER = 8,
    /* Ports run out at some 28,000 for an address; each address of 127/8 has its own. */
    SOCKETS_PER_ADDRESS = 20000,
    SPIN_NANOS = 1000000,
    PATIENCE = 1 << 26
};

typedef int (*step)(void); /* returns how many operations it did */

static int sock;
static struct sockaddr_in self;
static int bytes;
static char out[MOST_BYTES];
static char in[MOST_BYTES];

static void fail(const char *what) {
    fprintf(stderr, "burst: %s: %s\n", what, strerror(errno));
    exit(1);
}

static void skip(const char *why) {
    printf("skip=%s\n", why);
    exit(0);
}

static int64_t now(clockid_t meter) {
    struct timespec t;
    clock_gettime(meter, &t);
    return t.tv_sec * 1000000000LL + t.tv_nsec;
}

/* A would-block in the middle of a burst: the datagram is still on its way through the kernel. */
static void await(int *tries) {
    if (errno != EAGAIN && errno != EINTR) {
        fail("receive");
    }
    if (++*tries > PATIENCE) {
        fail("a datagram was lost");
    }
}

static int open_socket(struct sockaddr_in *address, int index) {
    int fd = socket(AF_INET, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (fd < 0) {
        fail("socket");
    }
    memset(address, 0, sizeof *address);
    address->sin_family = AF_INET;
    address->sin_addr.s_addr = htonl(INADDR_LOOPBACK + (uint32_t)(index / SOCKETS_PER_ADDRESS));
    socklen_t length = sizeof *address;
    if (bind(fd, (struct sockaddr *)address, length) != 0 || getsockname(fd, (struct sockaddr *)address, &length) != 0) {
        fail("bind");
    }
    return fd;
}

static void send_one(int fd, const struct sockaddr_in *to) {
    if (sendto(fd, out, bytes, 0, (const struct sockaddr *)to, sizeof *to) != bytes) {
        fail("sendto");
    }
}

/* Returns whether there was one. */
static int receive_one(int fd) {
    struct sockaddr_in from;
    socklen_t length = sizeof from;
    return recvfrom(fd, in, sizeof in, 0, (struct sockaddr *)&from, &length) >= 0;
}

/* -- bursts */

static int single(void) {
    for (int i = 0; i < BURST; i++) {
        send_one(sock, &self);
    }
    int tries = 0;
    for (int i = 0; i < BURST;) {
        if (receive_one(sock)) {
            i++;
        } else {
            await(&tries);
        }
    }
    return BURST;
}

static struct mmsghdr outgoing[BURST], incoming[BURST];
static struct iovec out_vectors[BURST], in_vectors[BURST];
static struct sockaddr_in senders[BURST];
static char slots[2][BURST][2048];

static void prepare_batch(void) {
    for (int i = 0; i < BURST; i++) {
        out_vectors[i] = (struct iovec){slots[0][i], bytes};
        in_vectors[i] = (struct iovec){slots[1][i], sizeof slots[1][i]};
        outgoing[i].msg_hdr =
            (struct msghdr){.msg_name = &self, .msg_namelen = sizeof self, .msg_iov = &out_vectors[i], .msg_iovlen = 1};
        incoming[i].msg_hdr = (struct msghdr){.msg_name = &senders[i], .msg_iov = &in_vectors[i], .msg_iovlen = 1};
    }
}

static int batch(void) {
    for (int i = 0; i < BURST;) {
        int sent = sendmmsg(sock, outgoing + i, BURST - i, 0);
        if (sent <= 0) {
            fail("sendmmsg");
        }
        i += sent;
    }
    int tries = 0;
    for (int i = 0; i < BURST;) {
        for (int j = i; j < BURST; j++) { /* the kernel writes them */
            incoming[j].msg_hdr.msg_namelen = sizeof senders[j];
        }
        int received = recvmmsg(sock, incoming + i, BURST - i, MSG_DONTWAIT, NULL);
        if (received > 0) {
            i += received;
        } else {
            await(&tries);
        }
    }
    return BURST;
}

static int segments(void) {
    char control[CMSG_SPACE(sizeof(uint16_t))] = {0};
    struct iovec vector = {out, (size_t)bytes * BURST};
    struct msghdr message = {.msg_name = &self,
                             .msg_namelen = sizeof self,
                             .msg_iov = &vector,
                             .msg_iovlen = 1,
                             .msg_control = control,
                             .msg_controllen = sizeof control};
    struct cmsghdr *header = CMSG_FIRSTHDR(&message);
    header->cmsg_level = IPPROTO_UDP;
    header->cmsg_type = UDP_SEGMENT;
    header->cmsg_len = CMSG_LEN(sizeof(uint16_t));
    uint16_t size = (uint16_t)bytes;
    memcpy(CMSG_DATA(header), &size, sizeof size);
    if (sendmsg(sock, &message, 0) != bytes * BURST) {
        fail("sendmsg with UDP_SEGMENT");
    }
    int tries = 0;
    for (int got = 0; got < bytes * BURST;) {
        char received_control[64];
        struct sockaddr_in from;
        struct iovec into = {in, sizeof in};
        struct msghdr received = {.msg_name = &from,
                                  .msg_namelen = sizeof from,
                                  .msg_iov = &into,
                                  .msg_iovlen = 1,
                                  .msg_control = received_control,
                                  .msg_controllen = sizeof received_control};
        ssize_t n = recvmsg(sock, &received, 0);
        if (n >= 0) {
            got += (int)n;
        } else {
            await(&tries);
        }
    }
    return BURST;
}

/* -- one active socket among many */

static int epoll;
static int active;
static struct sockaddr_in active_address;

static void watch(int poll, int fd) {
    struct epoll_event event = {.events = EPOLLIN | EPOLLET, .data.fd = fd};
    if (epoll_ctl(poll, EPOLL_CTL_ADD, fd, &event) != 0) {
        fail("epoll_ctl");
    }
}

static void prepare_event(int count) {
    struct rlimit limit;
    getrlimit(RLIMIT_NOFILE, &limit);
    limit.rlim_cur = limit.rlim_max;
    setrlimit(RLIMIT_NOFILE, &limit);
    if (limit.rlim_max != RLIM_INFINITY && limit.rlim_max < (rlim_t)count + 100) {
        skip("the limit of open files is too low");
    }
    epoll = epoll_create1(EPOLL_CLOEXEC);
    for (int i = 0; i < count; i++) {
        struct sockaddr_in address;
        int fd = open_socket(&address, i);
        watch(epoll, fd);
        if (i == count / 2) {
            active = fd;
            active_address = address;
        }
    }
}

static int event(void) {
    send_one(sock, &active_address);
    for (int received = 0; received == 0;) {
        struct epoll_event ready[64];
        int n = epoll_wait(epoll, ready, 64, -1);
        for (int i = 0; i < n; i++) {
            while (receive_one(ready[i].data.fd)) {
                received++;
            }
        }
    }
    return 1;
}

/* -- round trips */

static int spinning;
static int peer;
static int peer_epoll;
static struct sockaddr_in peer_address;
static atomic_int stop;

static void wait_readable(int poll) {
    struct epoll_event ready[64];
    if (spinning) {
        int64_t end = now(CLOCK_MONOTONIC) + SPIN_NANOS;
        do {
            if (epoll_wait(poll, ready, 64, 0) > 0) {
                return;
            }
        } while (now(CLOCK_MONOTONIC) < end);
    }
    while (epoll_wait(poll, ready, 64, -1) <= 0) {
    }
}

static void *echo(void *ignored) {
    char buffer[MOST_BYTES];
    while (!atomic_load(&stop)) {
        wait_readable(peer_epoll);
        struct sockaddr_in from;
        socklen_t length = sizeof from;
        ssize_t n;
        while ((n = recvfrom(peer, buffer, sizeof buffer, 0, (struct sockaddr *)&from, &length)) >= 0) {
            if (sendto(peer, buffer, (size_t)n, 0, (struct sockaddr *)&from, length) != n) {
                fail("sendto");
            }
        }
    }
    return ignored;
}

static void prepare_round_trip(int spin) {
    spinning = spin;
    epoll = epoll_create1(EPOLL_CLOEXEC);
    peer_epoll = epoll_create1(EPOLL_CLOEXEC);
    peer = open_socket(&peer_address, 0);
    watch(epoll, sock);
    watch(peer_epoll, peer);
    pthread_t thread;
    if (pthread_create(&thread, NULL, echo, NULL) != 0) {
        fail("pthread_create");
    }
}

static int round_trip(void) {
    send_one(sock, &peer_address);
    for (int received = 0; received == 0;) {
        wait_readable(epoll);
        while (receive_one(sock)) {
            received++;
        }
    }
    return 1;
}

static int64_t run(step one, int64_t nanos, clockid_t meter, double *per_operation) {
    int64_t start = now(meter);
    int64_t last = now(CLOCK_MONOTONIC) + MOST_TIMES_LONGER * nanos;
    int64_t end;
    int64_t count = 0;
    do {
        for (int i = 0; i < STEPS_PER_CLOCK; i++) {
            count += one();
        }
        end = now(meter);
    } while (end - start < nanos && now(CLOCK_MONOTONIC) < last);
    *per_operation = (double)(end - start) / (double)count;
    return count;
}

int main(int argc, char **argv) {
    if (argc != 4) {
        fprintf(stderr, "usage: burst single|batch|segments|event|sleep|spin BYTES|SOCKETS MILLIS\n");
        return 1;
    }
    const char *mode = argv[1];
    int number = atoi(argv[2]);
    step one = NULL;
    sock = open_socket(&self, 0);
    bytes = number;
    if (strcmp(mode, "single") == 0) {
        one = single;
    } else if (strcmp(mode, "batch") == 0) {
        prepare_batch();
        one = batch;
    } else if (strcmp(mode, "segments") == 0) {
        int on = 1;
        if (setsockopt(sock, IPPROTO_UDP, UDP_GRO, &on, sizeof on) != 0) {
            skip("this kernel has no UDP_GRO");
        }
        one = segments;
    } else if (strcmp(mode, "event") == 0) {
        bytes = 64;
        prepare_event(number);
        one = event;
    } else if (strcmp(mode, "sleep") == 0 || strcmp(mode, "spin") == 0) {
        prepare_round_trip(strcmp(mode, "spin") == 0);
        one = round_trip;
    } else {
        fprintf(stderr, "burst: there is no mode %s\n", mode);
        return 1;
    }
    clockid_t meter = one == round_trip ? CLOCK_MONOTONIC : CLOCK_THREAD_CPUTIME_ID;
    double per_operation;
    run(one, WARM_UP_MILLIS * 1000000LL, meter, &per_operation);
    int64_t count = run(one, atoi(argv[3]) * 1000000LL, meter, &per_operation);
    printf("ns=%.2f count=%lld\n", per_operation, (long long)count);
    atomic_store(&stop, 1);
    fflush(stdout);
    _exit(0); /* the echo thread may be waiting */
}
