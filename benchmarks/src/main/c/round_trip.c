/*
 * There and back between two threads, each with a poll of its own.
 *
 *   sleep BYTES  a datagram, both threads sleep in epoll_wait
 *   spin BYTES   a datagram, both threads look for a millisecond before they sleep
 *   wake         an eventfd instead of a datagram
 */
#include "bench.h"
#include <pthread.h>
#include <semaphore.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <unistd.h>

enum { EVENTS = 64 };

static int spinning;
static int bytes;
static int near_fd, far_fd, near_epoll, far_epoll;
static struct sockaddr_in near_address, far_address;
static sem_t started;

static void wait_readable(int poll) {
    struct epoll_event ready[EVENTS];
    if (spinning) {
        int64_t end = now(CLOCK_MONOTONIC) + SPIN_NANOS;
        do {
            if (epoll_wait(poll, ready, EVENTS, 0) > 0) {
                return;
            }
        } while (now(CLOCK_MONOTONIC) < end);
    }
    while (epoll_wait(poll, ready, EVENTS, -1) <= 0) {
    }
}

static void *echo(void *ignored) {
    static char buffer[MOST_BYTES];
    register_thread();
    sem_post(&started);
    while (1) {
        wait_readable(far_epoll);
        struct sockaddr_in from;
        socklen_t length = sizeof from;
        ssize_t n;
        while ((n = recvfrom(far_fd, buffer, sizeof buffer, 0, (struct sockaddr *)&from, &length)) >= 0) {
            if (sendto(far_fd, buffer, (size_t)n, 0, (struct sockaddr *)&from, length) != n) {
                fail("sendto");
            }
        }
    }
    return ignored;
}

static void signal_fd(int fd) {
    uint64_t one = 1;
    if (write(fd, &one, sizeof one) != sizeof one) {
        fail("write");
    }
}

/* An edge-triggered eventfd tells of each write; nobody has to read it. */
static void *answer(void *ignored) {
    register_thread();
    sem_post(&started);
    while (1) {
        wait_readable(far_epoll);
        signal_fd(near_fd);
    }
    return ignored;
}

static void start(void *(*far)(void *)) {
    near_epoll = epoll_create1(EPOLL_CLOEXEC);
    far_epoll = epoll_create1(EPOLL_CLOEXEC);
    watch(near_epoll, near_fd);
    watch(far_epoll, far_fd);
    sem_init(&started, 0, 0);
    pthread_t thread;
    if (pthread_create(&thread, NULL, far, NULL) != 0) {
        fail("pthread_create");
    }
    sem_wait(&started);
}

static void prepare_sleep(const int *numbers) {
    bytes = numbers[0];
    near_fd = open_socket(&near_address, 0, 0);
    far_fd = open_socket(&far_address, 0, 0);
    start(echo);
}

static void prepare_spin(const int *numbers) {
    spinning = 1;
    prepare_sleep(numbers);
}

static void prepare_wake(const int *numbers) {
    (void)numbers;
    near_fd = eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
    far_fd = eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
    start(answer);
}

static int round_trip(void) {
    static char buffer[MOST_BYTES];
    if (sendto(near_fd, buffer, (size_t)bytes, 0, (struct sockaddr *)&far_address, sizeof far_address) != bytes) {
        fail("sendto");
    }
    for (int received = 0; received == 0;) {
        wait_readable(near_epoll);
        struct sockaddr_in from;
        socklen_t length = sizeof from;
        while (recvfrom(near_fd, buffer, sizeof buffer, 0, (struct sockaddr *)&from, &length) >= 0) {
            received++;
        }
    }
    return 1;
}

static int wake(void) {
    signal_fd(far_fd);
    wait_readable(near_epoll);
    return 1;
}

const struct loop round_trip_loops[] = {{"sleep", CLOCK, round_trip, prepare_sleep},
                                        {"spin", CLOCK, round_trip, prepare_spin},
                                        {"wake", CLOCK, wake, prepare_wake},
                                        {0}};
