/*
 * Bursts through one loopback socket to itself.
 *
 * With a second number, a burst has so many datagrams.
 *
 *   single BYTES     sendto and recvfrom for each datagram
 *   batch BYTES      one sendmmsg and one recvmmsg
 *   segments BYTES   one sendmsg with UDP_SEGMENT and one recvmsg with UDP_GRO
 *   meta BYTES       single by recvmsg, with everything that the kernel tells about a datagram
 *   metabatch BYTES  batch, with everything that the kernel tells about a datagram
 */
#include "bench.h"
#include <netinet/ip.h>
#include <string.h>
#include <sys/uio.h>

#ifndef SO_RXQ_OVFL
#define SO_RXQ_OVFL 40
#endif
#ifndef SO_TIMESTAMPNS
#define SO_TIMESTAMPNS 35
#endif

enum { CONTROL_BYTES = 256, PATIENCE = 1 << 26 };

static int sock;
static struct sockaddr_in self;
static int bytes;
static int burst; /* as many as one segmented send can carry */
static char out[MOST_BYTES];
static char in[MOST_BYTES];
static volatile int64_t told; /* so that reading what the kernel tells is not optimised away */

/* A would-block in the middle of a burst: the datagram is still on its way through the kernel. */
static void await(int *tries) {
    if (errno != EAGAIN && errno != EINTR) {
        fail("receive");
    }
    if (++*tries > PATIENCE) {
        fail("a datagram was lost");
    }
}

static void prepare(const int *numbers) {
    bytes = numbers[0];
    burst = bytes * BURST <= MOST_PAYLOAD ? BURST : MOST_PAYLOAD / bytes;
    if (numbers[1] > 0 && numbers[1] <= burst) {
        burst = numbers[1];
    }
    sock = open_socket(&self, 0, 0);
}

static void send_all(void) {
    for (int i = 0; i < burst; i++) {
        if (sendto(sock, out, (size_t)bytes, 0, (struct sockaddr *)&self, sizeof self) != bytes) {
            fail("sendto");
        }
    }
}

static int single(void) {
    send_all();
    int tries = 0;
    for (int i = 0; i < burst;) {
        struct sockaddr_in from;
        socklen_t length = sizeof from;
        if (recvfrom(sock, in, sizeof in, 0, (struct sockaddr *)&from, &length) >= 0) {
            i++;
        } else {
            await(&tries);
        }
    }
    return burst;
}

static struct mmsghdr outgoing[BURST], incoming[BURST];
static struct iovec out_vectors[BURST], in_vectors[BURST];
static struct sockaddr_in senders[BURST];
static char slots[2][BURST][SLOT_BYTES];
static char controls[BURST][CONTROL_BYTES];
static int with_control;

static void prepare_batch(const int *numbers) {
    prepare(numbers);
    for (int i = 0; i < BURST; i++) {
        out_vectors[i] = (struct iovec){slots[0][i], (size_t)bytes};
        in_vectors[i] = (struct iovec){slots[1][i], sizeof slots[1][i]};
        outgoing[i].msg_hdr =
            (struct msghdr){.msg_name = &self, .msg_namelen = sizeof self, .msg_iov = &out_vectors[i], .msg_iovlen = 1};
        incoming[i].msg_hdr = (struct msghdr){.msg_name = &senders[i], .msg_iov = &in_vectors[i], .msg_iovlen = 1};
    }
}

static void read_control(struct msghdr *message) {
    int64_t sum = 0;
    for (struct cmsghdr *header = CMSG_FIRSTHDR(message); header != NULL; header = CMSG_NXTHDR(message, header)) {
        if (header->cmsg_level == IPPROTO_IP && header->cmsg_type == IP_PKTINFO) {
            struct in_pktinfo info;
            memcpy(&info, CMSG_DATA(header), sizeof info);
            sum += info.ipi_ifindex + (int64_t)info.ipi_addr.s_addr;
        } else if (header->cmsg_level == SOL_SOCKET && header->cmsg_type == SO_TIMESTAMPNS) {
            struct timespec stamp;
            memcpy(&stamp, CMSG_DATA(header), sizeof stamp);
            sum += stamp.tv_sec * 1000000000LL + stamp.tv_nsec;
        } else {
            sum += *CMSG_DATA(header); /* TTL, traffic class, drop count */
        }
    }
    told = sum;
}

static int batch(void) {
    for (int i = 0; i < burst;) {
        int sent = sendmmsg(sock, outgoing + i, (unsigned)(burst - i), 0);
        if (sent <= 0) {
            fail("sendmmsg");
        }
        i += sent;
    }
    int tries = 0;
    for (int i = 0; i < burst;) {
        for (int j = i; j < burst; j++) { /* the kernel writes them */
            incoming[j].msg_hdr.msg_namelen = sizeof senders[j];
            if (with_control) {
                incoming[j].msg_hdr.msg_control = controls[j];
                incoming[j].msg_hdr.msg_controllen = CONTROL_BYTES;
            }
        }
        int received = recvmmsg(sock, incoming + i, (unsigned)(burst - i), MSG_DONTWAIT, NULL);
        if (received > 0) {
            for (int j = i; with_control && j < i + received; j++) {
                read_control(&incoming[j].msg_hdr);
            }
            i += received;
        } else {
            await(&tries);
        }
    }
    return burst;
}

static void prepare_segments(const int *numbers) {
    prepare(numbers);
    int on = 1;
    if (setsockopt(sock, IPPROTO_UDP, UDP_GRO, &on, sizeof on) != 0) {
        skip("this kernel has no UDP_GRO");
    }
}

static int segments(void) {
    char control[CMSG_SPACE(sizeof(uint16_t))] = {0};
    struct iovec vector = {out, (size_t)bytes * (size_t)burst};
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
    if (sendmsg(sock, &message, 0) != bytes * burst) {
        fail("sendmsg with UDP_SEGMENT");
    }
    int tries = 0;
    for (int got = 0; got < bytes * burst;) {
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
    return burst;
}

static void ask_for_everything(void) {
    int on = 1;
    if (setsockopt(sock, IPPROTO_IP, IP_PKTINFO, &on, sizeof on) != 0 ||
        setsockopt(sock, IPPROTO_IP, IP_RECVTOS, &on, sizeof on) != 0 ||
        setsockopt(sock, IPPROTO_IP, IP_RECVTTL, &on, sizeof on) != 0 ||
        setsockopt(sock, SOL_SOCKET, SO_TIMESTAMPNS, &on, sizeof on) != 0 ||
        setsockopt(sock, SOL_SOCKET, SO_RXQ_OVFL, &on, sizeof on) != 0) {
        fail("setsockopt");
    }
    with_control = 1;
}

static void prepare_meta(const int *numbers) {
    prepare(numbers);
    ask_for_everything();
}

static void prepare_meta_batch(const int *numbers) {
    prepare_batch(numbers);
    ask_for_everything();
}

static int meta(void) {
    send_all();
    int tries = 0;
    for (int i = 0; i < burst;) {
        char control[CONTROL_BYTES];
        struct sockaddr_in from;
        struct iovec into = {in, sizeof in};
        struct msghdr message = {.msg_name = &from,
                                 .msg_namelen = sizeof from,
                                 .msg_iov = &into,
                                 .msg_iovlen = 1,
                                 .msg_control = control,
                                 .msg_controllen = sizeof control};
        if (recvmsg(sock, &message, 0) >= 0) {
            read_control(&message);
            i++;
        } else {
            await(&tries);
        }
    }
    return burst;
}

const struct loop burst_loops[] = {{"single", PROCESSOR, single, prepare},
                                   {"batch", PROCESSOR, batch, prepare_batch},
                                   {"segments", PROCESSOR, segments, prepare_segments},
                                   {"meta", PROCESSOR, meta, prepare_meta},
                                   {"metabatch", PROCESSOR, batch, prepare_meta_batch},
                                   {0}};
