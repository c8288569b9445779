#ifndef CLIBPQ_SHIM_H
#define CLIBPQ_SHIM_H

#include <errno.h>
#include <fcntl.h>
#include <libpq-fe.h>
#include <poll.h>
#include <unistd.h>

// What clibpq_wait reports, as bits.
enum {
    CLIBPQ_READABLE = 1,
    CLIBPQ_WRITABLE = 2,
    CLIBPQ_WOKEN = 4,
};

// Waits until the socket is ready for what is wanted (CLIBPQ_READABLE, CLIBPQ_WRITABLE), the wake-up descriptor
// has something to read, or the time is over (milliseconds, -1: never). Returns the bits of what happened, 0 when
// the time is over or a signal came in between, -1 when the descriptors cannot be waited for. Errors and hang-ups
// of the socket count as readable: reading tells what they are.
static inline int clibpq_wait(int socket, int wake, int wanted, int milliseconds) {
    struct pollfd watched[2] = {
        {.fd = socket, .events = 0, .revents = 0},
        {.fd = wake, .events = POLLIN, .revents = 0},
    };
    if (wanted & CLIBPQ_READABLE) watched[0].events |= POLLIN;
    if (wanted & CLIBPQ_WRITABLE) watched[0].events |= POLLOUT;
    int count = poll(watched, 2, milliseconds);
    if (count < 0) return errno == EINTR ? 0 : -1;
    int happened = 0;
    if (watched[0].revents & (POLLIN | POLLERR | POLLHUP | POLLNVAL)) happened |= CLIBPQ_READABLE;
    if (watched[0].revents & POLLOUT) happened |= CLIBPQ_WRITABLE;
    if (watched[1].revents) happened |= CLIBPQ_WOKEN;
    return happened;
}

// Makes a pipe that never blocks and is not inherited by child processes. Returns 0, or -1 without one.
static inline int clibpq_pipe(int ends[2]) {
    if (pipe(ends) != 0) return -1;
    for (int i = 0; i < 2; i++) {
        fcntl(ends[i], F_SETFD, FD_CLOEXEC);
        fcntl(ends[i], F_SETFL, O_NONBLOCK);
    }
    return 0;
}

// Puts one byte into the pipe; a full pipe already wakes its reader.
static inline void clibpq_wake(int end) {
    char byte = 1;
    ssize_t written = write(end, &byte, 1);
    (void)written;
}

// Takes all bytes out of the pipe.
static inline void clibpq_drain(int end) {
    char bytes[64];
    while (read(end, bytes, sizeof bytes) > 0) {
    }
}

#endif
