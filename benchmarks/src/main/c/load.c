/*
 * The generator of load for the echo servers.
 *
 *   load BYTES FLOWS PORT
 *
 * Keeps a window of datagrams on their way, so that the server always has work and nothing is sent in vain: what is not
 * answered for a while counts as lost, and is replaced. It segments and coalesces, which makes it cheaper than any
 * server that does not, so that it is the server that is measured.
 */
#include "bench.h"
#include <arpa/inet.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/uio.h>

enum {
    MOST_FLOWS = 1024,
    WINDOW = 256,
    SLOTS = 16,
    EVENTS = 64,
    BUFFER = 4 << 20,
    GIVE_UP_NANOS = 50000000,
    LAST_WAIT_NANOS = 50000000,
    FIRST_WAIT_SECONDS = 20
};

struct flow {
    int fd;
    int in_flight;
    int64_t last_answer;
};

static struct flow flows[MOST_FLOWS];
static int flow_count;
static int bytes;
static int window;
static int epoll;
static int segmenting = 1;
static char out[MOST_BYTES];
static struct mmsghdr messages[SLOTS];
static struct iovec vectors[SLOTS];
static char payloads[SLOTS][MOST_BYTES];

static void prepare(const int *numbers) {
    bytes = numbers[0];
    flow_count = numbers[1] < MOST_FLOWS ? numbers[1] : MOST_FLOWS;
    window = WINDOW / flow_count > 0 ? WINDOW / flow_count : 1;
    struct sockaddr_in server = {.sin_family = AF_INET, .sin_port = htons((uint16_t)numbers[2])};
    server.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    epoll = epoll_create1(EPOLL_CLOEXEC);
    for (int i = 0; i < SLOTS; i++) {
        vectors[i] = (struct iovec){payloads[i], MOST_BYTES};
        messages[i].msg_hdr = (struct msghdr){.msg_iov = &vectors[i], .msg_iovlen = 1};
    }
    for (int i = 0; i < flow_count; i++) {
        struct sockaddr_in address = {0};
        int fd = open_socket(&address, 0, 0);
        int buffer = BUFFER;
        int on = 1;
        setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &buffer, sizeof buffer);
        setsockopt(fd, IPPROTO_UDP, UDP_GRO, &on, sizeof on);
        if (connect(fd, (struct sockaddr *)&server, sizeof server) != 0) {
            fail("connect");
        }
        struct epoll_event event = {.events = EPOLLIN, .data.u32 = (uint32_t)i};
        if (epoll_ctl(epoll, EPOLL_CTL_ADD, fd, &event) != 0) {
            fail("epoll_ctl");
        }
        flows[i].fd = fd;
    }
}

static int send_segments(struct flow *flow, int count) {
    char control[CMSG_SPACE(sizeof(uint16_t))] = {0};
    struct iovec vector = {out, (size_t)bytes * (size_t)count};
    struct msghdr message = {.msg_iov = &vector, .msg_iovlen = 1};
    if (count > 1) {
        message.msg_control = control;
        message.msg_controllen = sizeof control;
        struct cmsghdr *header = CMSG_FIRSTHDR(&message);
        header->cmsg_level = IPPROTO_UDP;
        header->cmsg_type = UDP_SEGMENT;
        header->cmsg_len = CMSG_LEN(sizeof(uint16_t));
        uint16_t size = (uint16_t)bytes;
        memcpy(CMSG_DATA(header), &size, sizeof size);
    }
    if (sendmsg(flow->fd, &message, 0) >= 0) {
        return count;
    }
    if (errno == EIO || errno == EINVAL) {
        segmenting = 0;
    } else if (errno == ECONNREFUSED) {
        fail("the server is gone");
    }
    return 0;
}

static void fill(struct flow *flow) {
    int most = MOST_PAYLOAD / bytes < BURST ? MOST_PAYLOAD / bytes : BURST;
    while (flow->in_flight < window) {
        int wanted = window - flow->in_flight;
        int count = !segmenting ? 1 : wanted < most ? wanted : most;
        int sent = send_segments(flow, count);
        flow->in_flight += sent;
        if (sent == 0 && segmenting) {
            return;
        }
    }
}

static int64_t drain(struct flow *flow) {
    int64_t count = 0;
    while (1) {
        int received = recvmmsg(flow->fd, messages, SLOTS, MSG_DONTWAIT, NULL);
        if (received < 0 && errno == ECONNREFUSED) {
            fail("the server is gone");
        }
        for (int i = 0; i < received; i++) {
            count += (messages[i].msg_len + (unsigned)bytes - 1) / (unsigned)bytes;
        }
        if (received < SLOTS) {
            return count;
        }
    }
}

/* Answers that come later than anybody waits for them must not count twice. */
static void answered(struct flow *flow, int64_t count, int64_t time, int64_t *total) {
    int64_t counted = count < flow->in_flight ? count : flow->in_flight;
    flow->in_flight -= (int)counted;
    flow->last_answer = time;
    *total += counted;
}

int64_t generate_load(int64_t nanos, int64_t *lost) {
    int64_t start = now(CLOCK_MONOTONIC);
    int64_t time = start;
    int64_t total = 0;
    for (int i = 0; i < flow_count; i++) {
        drain(&flows[i]);
        flows[i].in_flight = 0;
        flows[i].last_answer = start;
        fill(&flows[i]);
    }
    /* a server that has never run before may need longer than it is measured for its first answer */
    int64_t last = start + FIRST_WAIT_SECONDS * 1000000000LL;
    while (time - start < nanos || (total == 0 && time < last)) {
        struct epoll_event ready[EVENTS];
        int n = flow_count == 1 ? 1 : epoll_wait(epoll, ready, EVENTS, 0);
        time = now(CLOCK_MONOTONIC);
        for (int i = 0; i < n; i++) {
            struct flow *flow = &flows[flow_count == 1 ? 0 : ready[i].data.u32];
            int64_t count = drain(flow);
            if (count > 0) {
                answered(flow, count, time, &total);
            }
            if (flow->in_flight <= window / 2) {
                fill(flow);
            }
        }
        for (int i = 0; n == 0 && i < flow_count; i++) {
            if (time - flows[i].last_answer > GIVE_UP_NANOS) {
                *lost += flows[i].in_flight;
                flows[i].in_flight = 0;
                flows[i].last_answer = time;
                fill(&flows[i]);
            }
        }
        if (flow_count == 1 && time - flows[0].last_answer > GIVE_UP_NANOS) {
            *lost += flows[0].in_flight;
            flows[0].in_flight = 0;
            flows[0].last_answer = time;
            fill(&flows[0]);
        }
    }
    int64_t ignored = 0;
    int waiting = 1;
    for (int64_t end = now(CLOCK_MONOTONIC) + LAST_WAIT_NANOS; waiting && now(CLOCK_MONOTONIC) < end;) {
        waiting = 0;
        for (int i = 0; i < flow_count; i++) {
            answered(&flows[i], drain(&flows[i]), time, &ignored);
            waiting |= flows[i].in_flight > 0;
        }
    }
    for (int i = 0; i < flow_count; i++) {
        *lost += flows[i].in_flight;
    }
    return total;
}

const struct loop load_loops[] = {{"load", LOAD, NULL, prepare}, {0}};
