/*
 * The limit that the other contenders are compared with: the same loops without a runtime. Reads commands on the
 * standard input, one a line, and answers each by a line:
 *
 *   open LOOP NUMBER...  ready threads=<ids> [port=<port>], or skip <why>
 *   warm MILLIS          done, as below
 *   go MILLIS            done nanos=<for all> count=<operations> [lost=<datagrams>] [hist=<nanos>:<times>,...]
 *
 * Ends when the input does. Anything unexpected ends it with 1 and a line on the standard error.
 */
#include "bench.h"
#include <arpa/inet.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { STEPS_PER_CLOCK = 32, MOST_TIMES_LONGER = 8, MOST_THREADS = 8, SUB_BITS = 7, BUCKETS = 64 << SUB_BITS };

int server_port;
volatile int64_t served;

static const struct loop *const groups[] = {burst_loops, event_loops, round_trip_loops, echo_loops, load_loops};
static long threads[MOST_THREADS];
static int thread_count;
static pthread_mutex_t threads_lock = PTHREAD_MUTEX_INITIALIZER;
static uint32_t histogram[BUCKETS];

void fail(const char *what) {
    fprintf(stderr, "%s: %s\n", what, strerror(errno));
    _exit(1);
}

void skip(const char *why) {
    printf("skip %s\n", why);
    fflush(stdout);
    _exit(0);
}

int64_t now(clockid_t meter) {
    struct timespec t;
    clock_gettime(meter, &t);
    return t.tv_sec * 1000000000LL + t.tv_nsec;
}

/* On the port that the address has, or any; host: counted from 127.0.0.1; options: one of SOL_SOCKET to switch on, or 0. */
int open_socket(struct sockaddr_in *address, int host, int options) {
    int fd = socket(AF_INET, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (fd < 0) {
        if (errno == EMFILE || errno == ENFILE) {
            skip("the limit of open files is too low");
        }
        fail("socket");
    }
    int on = 1;
    if (options != 0 && setsockopt(fd, SOL_SOCKET, options, &on, sizeof on) != 0) {
        fail("setsockopt");
    }
    in_port_t port = address->sin_port;
    memset(address, 0, sizeof *address);
    address->sin_family = AF_INET;
    address->sin_port = port;
    address->sin_addr.s_addr = htonl(INADDR_LOOPBACK + (uint32_t)host);
    socklen_t length = sizeof *address;
    if (bind(fd, (struct sockaddr *)address, length) != 0 || getsockname(fd, (struct sockaddr *)address, &length) != 0) {
        fail("bind");
    }
    return fd;
}

void watch(int poll, int fd) {
    struct epoll_event event = {.events = EPOLLIN | EPOLLET, .data.fd = fd};
    if (epoll_ctl(poll, EPOLL_CTL_ADD, fd, &event) != 0) {
        fail("epoll_ctl");
    }
}

/* The measured threads, in the order in which they are given processors of their own. */
void register_thread(void) {
    pthread_mutex_lock(&threads_lock);
    threads[thread_count++] = syscall(SYS_gettid);
    pthread_mutex_unlock(&threads_lock);
}

/* -- a histogram with 128 buckets for each power of two: values are exact within one percent */

static int bucket(int64_t value) {
    int shift = 0;
    while ((value >> shift) >= (2 << SUB_BITS)) {
        shift++;
    }
    return shift == 0 ? (int)value : (shift << SUB_BITS) + (int)(value >> shift);
}

static int64_t middle(int index) {
    int shift = index < (2 << SUB_BITS) ? 0 : (index >> SUB_BITS) - 1;
    int64_t low = (int64_t)(index - (shift << SUB_BITS)) << shift;
    return low + ((1LL << shift) >> 1);
}

static void print_histogram(void) {
    const char *separator = " hist=";
    for (int i = 0; i < BUCKETS; i++) {
        if (histogram[i] > 0) {
            printf("%s%lld:%u", separator, (long long)middle(i), histogram[i]);
            separator = ",";
        }
    }
}

/* -- runs */

static void run_processor(step one, int64_t nanos) {
    int64_t last = now(CLOCK_MONOTONIC) + MOST_TIMES_LONGER * nanos;
    int64_t start = now(CLOCK_THREAD_CPUTIME_ID);
    int64_t end;
    int64_t count = 0;
    do {
        for (int i = 0; i < STEPS_PER_CLOCK; i++) {
            count += one();
        }
        end = now(CLOCK_THREAD_CPUTIME_ID);
    } while (end - start < nanos && now(CLOCK_MONOTONIC) < last);
    printf("done nanos=%lld count=%lld\n", (long long)(end - start), (long long)count);
}

static void run_clock(step one, int64_t nanos) {
    memset(histogram, 0, sizeof histogram);
    int64_t start = now(CLOCK_MONOTONIC);
    int64_t before = start;
    int64_t count = 0;
    while (before - start < nanos) {
        count += one();
        int64_t after = now(CLOCK_MONOTONIC);
        histogram[bucket(after - before)]++;
        before = after;
    }
    printf("done nanos=%lld count=%lld", (long long)(before - start), (long long)count);
    print_histogram();
    printf("\n");
}

static void run_server(int64_t nanos) {
    int64_t start = now(CLOCK_MONOTONIC);
    int64_t before = served;
    struct timespec wait = {nanos / 1000000000LL, nanos % 1000000000LL};
    nanosleep(&wait, NULL);
    printf("done nanos=%lld count=%lld\n", (long long)(now(CLOCK_MONOTONIC) - start), (long long)(served - before));
}

static void run_load(int64_t nanos) {
    int64_t start = now(CLOCK_MONOTONIC);
    int64_t lost = 0;
    int64_t count = generate_load(nanos, &lost);
    printf("done nanos=%lld count=%lld lost=%lld\n", (long long)(now(CLOCK_MONOTONIC) - start), (long long)count,
           (long long)lost);
}

static void run(const struct loop *loop, int64_t nanos) {
    if (loop->meter == PROCESSOR) {
        run_processor(loop->one, nanos);
    } else if (loop->meter == CLOCK) {
        run_clock(loop->one, nanos);
    } else if (loop->meter == SERVER) {
        run_server(nanos);
    } else {
        run_load(nanos);
    }
}

static const struct loop *find(const char *name) {
    for (size_t i = 0; i < sizeof groups / sizeof *groups; i++) {
        for (const struct loop *loop = groups[i]; loop->name != NULL; loop++) {
            if (strcmp(loop->name, name) == 0) {
                return loop;
            }
        }
    }
    return NULL;
}

static const struct loop *open_loop(char *words) {
    char *name = strtok(words, " \n");
    int numbers[MOST_NUMBERS] = {0};
    for (int i = 0; i < MOST_NUMBERS; i++) {
        char *word = strtok(NULL, " \n");
        numbers[i] = word == NULL ? 0 : atoi(word);
    }
    const struct loop *loop = name == NULL ? NULL : find(name);
    if (loop == NULL) {
        skip("C has no such loop");
    }
    if (loop->meter != SERVER) {
        register_thread();
    }
    loop->open(numbers);
    printf("ready threads=");
    pthread_mutex_lock(&threads_lock);
    for (int i = 0; i < thread_count; i++) {
        printf("%s%ld", i == 0 ? "" : ",", threads[i]);
    }
    pthread_mutex_unlock(&threads_lock);
    if (server_port != 0) {
        printf(" port=%d", server_port);
    }
    printf("\n");
    return loop;
}

static void *wait_for_ever(void *ignored) {
    while (1) {
        pause();
    }
    return ignored;
}

/*
 * A process with a single thread is let off: the kernel does not count the users of a descriptor, and the C library does
 * not prepare for a thread being cancelled. No JVM is such a process, and hardly a server.
 */
static void have_threads(void) {
    pthread_t second;
    if (pthread_create(&second, NULL, wait_for_ever, NULL) != 0) {
        fail("pthread_create");
    }
}

int main(void) {
    char line[256];
    const struct loop *loop = NULL;
    have_threads();
    while (fgets(line, sizeof line, stdin) != NULL) {
        if (strncmp(line, "open ", 5) == 0) {
            loop = open_loop(line + 5);
        } else if (loop != NULL && (strncmp(line, "go ", 3) == 0 || strncmp(line, "warm ", 5) == 0)) {
            run(loop, atoll(strchr(line, ' ')) * 1000000LL);
        } else {
            fprintf(stderr, "no command: %s", line);
            _exit(1);
        }
        fflush(stdout);
    }
    _exit(0); /* other threads may be waiting */
}
