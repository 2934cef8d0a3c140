/* disk.h - the few calls by which the file keeper changes or reads a disk, as a table,
 * so that a test can make the n-th of them fail. They behave like the system calls
 * whose names they carry: -1 and errno. Names are within the open folder. */
#ifndef LOG_DISK_H
#define LOG_DISK_H

#include <sys/types.h>

#include "base/base.h"

struct disk {
    int (*openat)(void *ctx, int folder, const char *name, int flags);
    ssize_t (*pread)(void *ctx, int fd, void *bytes, size_t len, off_t at);
    ssize_t (*pwrite)(void *ctx, int fd, const void *bytes, size_t len, off_t at);
    int (*fdatasync)(void *ctx, int fd);
    /* Gives up the pages of the file that need not be written, so that reading it again
     * shows what the disk has. */
    void (*forget)(void *ctx, int fd);
    /* The first byte from `at` on that has no block on the disk; the end of the file
     * when all have one; -1: it cannot be told. */
    off_t (*hole)(void *ctx, int fd, off_t at);
    int (*renameat)(void *ctx, int folder, const char *from, const char *to);
    int (*unlinkat)(void *ctx, int folder, const char *name);
    void *ctx; /* borrowed; of the one who made the table */
};

extern const struct disk disk_real;

#endif
