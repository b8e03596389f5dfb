/*
 * What a poll and its registry cost.
 *
 *   event SOCKETS BASE  one datagram to one of many registered sockets, epoll_wait, receive until would-block;
 *                       BASE tells contenders apart that hold their sockets at the same time
 *   churn               a socket added to a poll and removed
 *   open                a socket opened, bound and closed
 */
#include "bench.h"
#include <sys/epoll.h>
#include <unistd.h>

enum { EVENTS = 64, EVENT_BYTES = 64 };

static int sock;
static int epoll;
static char buffer[MOST_BYTES];
static struct sockaddr_in active_address;

static void prepare_event(const int *numbers) {
    int count = numbers[0];
    struct sockaddr_in address = {0};
    sock = open_socket(&address, 0, 0);
    epoll = epoll_create1(EPOLL_CLOEXEC);
    for (int i = 0; i < count; i++) {
        address.sin_port = 0;
        int fd = open_socket(&address, (numbers[1] << 16) + i / SOCKETS_PER_ADDRESS, 0);
        watch(epoll, fd);
        if (i == count / 2) {
            active_address = address;
        }
    }
}

static int event(void) {
    if (sendto(sock, buffer, EVENT_BYTES, 0, (struct sockaddr *)&active_address, sizeof active_address) != EVENT_BYTES) {
        fail("sendto");
    }
    for (int received = 0; received == 0;) {
        struct epoll_event ready[EVENTS];
        int n = epoll_wait(epoll, ready, EVENTS, -1);
        for (int i = 0; i < n; i++) {
            struct sockaddr_in from;
            socklen_t length = sizeof from;
            while (recvfrom(ready[i].data.fd, buffer, sizeof buffer, 0, (struct sockaddr *)&from, &length) >= 0) {
                received++;
            }
        }
    }
    return 1;
}

static void prepare_churn(const int *numbers) {
    (void)numbers;
    struct sockaddr_in address = {0};
    sock = open_socket(&address, 0, 0);
    epoll = epoll_create1(EPOLL_CLOEXEC);
}

static int churn(void) {
    watch(epoll, sock);
    if (epoll_ctl(epoll, EPOLL_CTL_DEL, sock, NULL) != 0) {
        fail("epoll_ctl");
    }
    return 1;
}

static void prepare_open(const int *numbers) {
    (void)numbers;
}

static int open_and_close(void) {
    struct sockaddr_in address = {0};
    close(open_socket(&address, 0, 0));
    return 1;
}

const struct loop event_loops[] = {{"event", PROCESSOR, event, prepare_event},
                                   {"churn", PROCESSOR, churn, prepare_churn},
                                   {"open", PROCESSOR, open_and_close, prepare_open},
                                   {0}};
