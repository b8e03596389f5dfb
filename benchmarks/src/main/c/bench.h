/* What the loops in C share. A loop is opened once, run many times, and ends with its process. */
#ifndef BENCH_H
#define BENCH_H

#define _GNU_SOURCE
#include <errno.h>
#include <netinet/in.h>
#include <netinet/udp.h>
#include <stdint.h>
#include <sys/socket.h>
#include <time.h>

#ifndef UDP_SEGMENT
#define UDP_SEGMENT 103
#endif
#ifndef UDP_GRO
#define UDP_GRO 104
#endif

enum {
    BURST = 32,
    MOST_BYTES = 65535,
    MOST_PAYLOAD = 65507,
    SLOT_BYTES = 16384,
    RECEIVE_BUFFER = 1 << 20,
    /* Ports run out at some 28,000 for an address; each address of 127/8 has its own. */
    SOCKETS_PER_ADDRESS = 20000,
    /* How long a spinning wait looks before it sleeps. */
    SPIN_NANOS = 1000000,
    MOST_NUMBERS = 3
};

typedef int (*step)(void); /* returns how many operations it did */

enum meter {
    PROCESSOR, /* what one thread does alone: the time it had a processor */
    CLOCK,     /* what threads do together: the clock, each step for itself */
    SERVER,    /* works on threads of its own, and counts */
    LOAD       /* generates load for a server */
};

struct loop {
    const char *name;
    enum meter meter;
    step one;
    void (*open)(const int *numbers);
};

extern const struct loop burst_loops[], event_loops[], round_trip_loops[], echo_loops[], load_loops[];

/* What main.c offers to the loops. */
void fail(const char *what);
void skip(const char *why);
int64_t now(clockid_t meter);
int open_socket(struct sockaddr_in *address, int host, int options);
void watch(int poll, int fd);
void register_thread(void);

/* What a server counts, and what the generator of load runs instead of steps. */
extern int server_port;
extern volatile int64_t served;
int64_t generate_load(int64_t nanos, int64_t *lost);

#endif
