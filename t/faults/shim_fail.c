/* A shim that makes the n-th call of a kind fail: FAIL_WHAT is malloc, write, sync,
 * open or accept, FAIL_AT the number from 1 (0: none), and FAIL_FILE where it leaves a
 * byte when it has failed. */
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

#include "base/base.h"

static const char *what, *mark;
static long at;
static _Atomic long count;
static _Atomic int state; /* 0: not read yet, 1: being read, 2: read */
static int (*real_openat)(int, const char *, int, ...);
static int (*real_open)(const char *, int, ...);
static ssize_t (*real_write)(int, const void *, size_t);
static ssize_t (*real_pwrite)(int, const void *, size_t, off_t);
static int (*real_fdatasync)(int);
static int (*real_fsync)(int);
static int (*real_accept4)(int, struct sockaddr *, socklen_t *, int);
static ssize_t (*real_writev)(int, const void *, int);

extern void *__libc_malloc(size_t);
extern void *__libc_calloc(size_t, size_t);
extern void *__libc_realloc(void *, size_t);

#define FIND(name) (*(void **)&real_##name = dlsym(RTLD_NEXT, #name))

__attribute__((constructor)) static void settings_read(void)
{
    const char *number = getenv("FAIL_AT");

    FIND(openat);
    FIND(open);
    FIND(write);
    FIND(pwrite);
    FIND(fdatasync);
    FIND(fsync);
    FIND(accept4);
    FIND(writev);
    what = getenv("FAIL_WHAT");
    mark = getenv("FAIL_FILE");
    at = number ? strtol(number, NULL, 10) : 0;
    atomic_store(&state, 2);
}

static void mark_put(void)
{
    int fd =
        mark ? real_open(mark, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600) : -1;

    if (fd >= 0) {
        (void)!real_write(fd, "x", 1);
        close(fd);
    }
}

static bool fails(const char *kind, int why)
{
    if (atomic_load(&state) != 2 || !what || at == 0 || strcmp(what, kind) != 0)
        return false;
    if (atomic_fetch_add(&count, 1) + 1 != at)
        return false;
    mark_put();
    errno = why;
    return true;
}

void *malloc(size_t size)
{
    return fails("malloc", ENOMEM) ? NULL : __libc_malloc(size);
}

void *calloc(size_t items, size_t size)
{
    return fails("malloc", ENOMEM) ? NULL : __libc_calloc(items, size);
}

void *realloc(void *old, size_t size)
{
    return fails("malloc", ENOMEM) ? NULL : __libc_realloc(old, size);
}

int openat(int folder, const char *name, int flags, ...)
{
    va_list args;

    va_start(args, flags);
    mode_t mode = flags & O_CREAT ? va_arg(args, mode_t) : 0;
    va_end(args);
    return fails("open", EMFILE) ? -1 : real_openat(folder, name, flags, mode);
}

int open(const char *name, int flags, ...)
{
    va_list args;

    va_start(args, flags);
    mode_t mode = flags & O_CREAT ? va_arg(args, mode_t) : 0;
    va_end(args);
    return fails("open", EMFILE) ? -1 : real_open(name, flags, mode);
}

ssize_t pwrite(int fd, const void *bytes, size_t len, off_t place)
{
    return fails("write", EIO) ? -1 : real_pwrite(fd, bytes, len, place);
}

ssize_t write(int fd, const void *bytes, size_t len)
{
    return fails("write", EIO) ? -1 : real_write(fd, bytes, len);
}

ssize_t writev(int fd, const struct iovec *parts, int number)
{
    return fails("write", EIO) ? -1 : real_writev(fd, parts, number);
}

int fdatasync(int fd)
{
    return fails("sync", EIO) ? -1 : real_fdatasync(fd);
}

int fsync(int fd)
{
    return fails("sync", EIO) ? -1 : real_fsync(fd);
}

int accept4(int fd, struct sockaddr *address, socklen_t *len, int flags)
{
    return fails("accept", EMFILE) ? -1 : real_accept4(fd, address, len, flags);
}
