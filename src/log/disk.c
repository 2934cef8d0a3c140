#include "log/disk.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

static int real_openat(void *ctx, int folder, const char *name, int flags)
{
    return openat(folder, name, flags | O_CLOEXEC, 0640);
}

/* A signal may cut a call before it did anything; that is no failure of the disk. */
static ssize_t real_pread(void *ctx, int fd, void *bytes, size_t len, off_t at)
{
    ssize_t got;

    do
        got = pread(fd, bytes, len, at);
    while (got < 0 && errno == EINTR);
    return got;
}

static ssize_t real_pwrite(void *ctx, int fd, const void *bytes, size_t len, off_t at)
{
    ssize_t put;

    do
        put = pwrite(fd, bytes, len, at);
    while (put < 0 && errno == EINTR);
    return put;
}

/* Never called again after it failed, not even for EINTR: the kernel may have dropped
 * the pages it could not write, and would then say that all is well. */
static int real_fdatasync(void *ctx, int fd)
{
    return fdatasync(fd);
}

static void real_forget(void *ctx, int fd)
{
    posix_fadvise(fd, 0, 0, POSIX_FADV_DONTNEED);
}

static off_t real_hole(void *ctx, int fd, off_t at)
{
    return lseek(fd, at, SEEK_HOLE);
}

static int real_renameat(void *ctx, int folder, const char *from, const char *to)
{
    return renameat(folder, from, folder, to);
}

static int real_unlinkat(void *ctx, int folder, const char *name)
{
    return unlinkat(folder, name, 0);
}

const struct disk disk_real = {
    .openat = real_openat,
    .pread = real_pread,
    .pwrite = real_pwrite,
    .fdatasync = real_fdatasync,
    .forget = real_forget,
    .hole = real_hole,
    .renameat = real_renameat,
    .unlinkat = real_unlinkat,
};
