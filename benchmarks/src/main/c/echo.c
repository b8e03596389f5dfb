/*
 * Servers that send back what they receive. With more than one receiver, each has a socket of its own on one port.
 *
 *   echo BYTES RECEIVERS          recvfrom and sendto
 *   echobatch BYTES RECEIVERS     recvmmsg and sendmmsg
 *   echosegments BYTES RECEIVERS  the same with UDP_GRO and UDP_SEGMENT
 */
#include "bench.h"
#include <pthread.h>
#include <semaphore.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/uio.h>

enum { EVENTS = 64, COALESCED = 16, CONTROL_BYTES = 64 };

static int coalescing;
static int batches;
static sem_t started;

static void count(int64_t more) {
    __atomic_fetch_add(&served, more, __ATOMIC_RELAXED);
}

static void drain_single(int fd) {
    char buffer[MOST_BYTES];
    struct sockaddr_in from;
    socklen_t length = sizeof from;
    ssize_t n;
    while ((n = recvfrom(fd, buffer, sizeof buffer, 0, (struct sockaddr *)&from, &length)) >= 0) {
        sendto(fd, buffer, (size_t)n, 0, (struct sockaddr *)&from, length); /* a full queue loses it, and is counted so */
        count(1);
    }
}

struct slots {
    struct mmsghdr messages[BURST];
    struct iovec vectors[BURST];
    struct sockaddr_in senders[BURST];
    char controls[BURST][CONTROL_BYTES];
    char payloads[BURST][MOST_BYTES];
};

/* How long the datagrams are that were coalesced, or 0 if it is one; leaves behind what sends them as they came. */
static int prepare_segments(struct msghdr *message, unsigned received) {
    int size = 0;
    for (struct cmsghdr *header = CMSG_FIRSTHDR(message); header != NULL; header = CMSG_NXTHDR(message, header)) {
        if (header->cmsg_level == IPPROTO_UDP && header->cmsg_type == UDP_GRO) {
            memcpy(&size, CMSG_DATA(header), sizeof size);
        }
    }
    if (size == 0 || (unsigned)size >= received) {
        message->msg_controllen = 0;
        return 0;
    }
    message->msg_controllen = CMSG_SPACE(sizeof(uint16_t));
    struct cmsghdr *header = CMSG_FIRSTHDR(message);
    header->cmsg_level = IPPROTO_UDP;
    header->cmsg_type = UDP_SEGMENT;
    header->cmsg_len = CMSG_LEN(sizeof(uint16_t));
    uint16_t segment = (uint16_t)size;
    memcpy(CMSG_DATA(header), &segment, sizeof segment);
    return size;
}

static void drain_batch(int fd, struct slots *slots) {
    int most = coalescing ? COALESCED : BURST;
    while (1) {
        for (int i = 0; i < most; i++) {
            slots->vectors[i] = (struct iovec){slots->payloads[i], MOST_BYTES};
            slots->messages[i].msg_hdr = (struct msghdr){.msg_name = &slots->senders[i],
                                                         .msg_namelen = sizeof slots->senders[i],
                                                         .msg_iov = &slots->vectors[i],
                                                         .msg_iovlen = 1,
                                                         .msg_control = coalescing ? slots->controls[i] : NULL,
                                                         .msg_controllen = coalescing ? CONTROL_BYTES : 0};
        }
        int received = recvmmsg(fd, slots->messages, (unsigned)most, MSG_DONTWAIT, NULL);
        if (received <= 0) {
            return;
        }
        int64_t datagrams = 0;
        for (int i = 0; i < received; i++) {
            unsigned length = slots->messages[i].msg_len;
            slots->vectors[i].iov_len = length;
            int size = coalescing ? prepare_segments(&slots->messages[i].msg_hdr, length) : 0;
            datagrams += size == 0 ? 1 : (length + (unsigned)size - 1) / (unsigned)size;
        }
        for (int i = 0; i < received;) {
            int sent = sendmmsg(fd, slots->messages + i, (unsigned)(received - i), 0);
            i += sent > 0 ? sent : 1;
        }
        count(datagrams);
    }
}

static void *serve(void *fd_as_pointer) {
    static __thread struct slots slots;
    int fd = (int)(intptr_t)fd_as_pointer;
    int epoll = epoll_create1(EPOLL_CLOEXEC);
    watch(epoll, fd);
    register_thread();
    sem_post(&started);
    while (1) {
        struct epoll_event ready[EVENTS];
        if (epoll_wait(epoll, ready, EVENTS, -1) > 0) {
            if (batches) {
                drain_batch(fd, &slots);
            } else {
                drain_single(fd);
            }
        }
    }
    return NULL;
}

static void prepare(const int *numbers) {
    int receivers = numbers[1] > 0 ? numbers[1] : 1;
    struct sockaddr_in address = {0};
    sem_init(&started, 0, 0);
    for (int i = 0; i < receivers; i++) {
        int fd = open_socket(&address, 0, receivers > 1 ? SO_REUSEPORT : 0);
        int buffer = RECEIVE_BUFFER;
        int on = 1;
        setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &buffer, sizeof buffer);
        if (coalescing && setsockopt(fd, IPPROTO_UDP, UDP_GRO, &on, sizeof on) != 0) {
            skip("this kernel has no UDP_GRO");
        }
        pthread_t thread;
        if (pthread_create(&thread, NULL, serve, (void *)(intptr_t)fd) != 0) {
            fail("pthread_create");
        }
        sem_wait(&started);
    }
    server_port = ntohs(address.sin_port);
}

static void prepare_batch(const int *numbers) {
    batches = 1;
    prepare(numbers);
}

static void prepare_coalescing(const int *numbers) {
    batches = 1;
    coalescing = 1;
    prepare(numbers);
}

const struct loop echo_loops[] = {{"echo", SERVER, NULL, prepare},
                                  {"echobatch", SERVER, NULL, prepare_batch},
                                  {"echosegments", SERVER, NULL, prepare_coalescing},
                                  {0}};
