/* power.h - a disk that fails, stops and forgets, for programs whose libraries have no
 * table of calls to change: the calls themselves are defined here, and go to the kernel
 * when they may. Included by one source of a program. Syncs are not passed on: such
 * tests ask what is in the files. */
#ifndef POWER_H
#define POWER_H

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

#include "base/prng.h"

/* ---- folders --------------------------------------------------------------------- */

static char root[200];
static u64 folders;

static void folder_empty(const char *path)
{
    DIR *list = opendir(path);
    char name[600];

    for (struct dirent *e; list && (e = readdir(list));) {
        if (strcmp(e->d_name, ".") == 0 || strcmp(e->d_name, "..") == 0)
            continue;
        snprintf(name, sizeof(name), "%s/%s", path, e->d_name);
        if (unlink(name) != 0) {
            folder_empty(name);
            rmdir(name);
        }
    }
    if (list)
        closedir(list);
}

static void root_remove(void)
{
    folder_empty(root);
    rmdir(root);
}

struct path {
    char text[300];
};

static struct path folder_new(void)
{
    struct path path;

    if (!root[0]) {
        /* In memory, where there is such a place: no test waits for a real disk. */
        const char *where = getenv("TMPDIR");
        if (!where)
            where = access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp";
        snprintf(root, sizeof(root), "%s/fermata-power-XXXXXX", where);
        must(mkdtemp(root));
        atexit(root_remove);
    }
    snprintf(path.text, sizeof(path.text), "%s/%llu", root,
             (unsigned long long)++folders);
    return path;
}

/* ---- a disk that fails, stops and forgets ---------------------------------------- */

enum fault {
    FAULT_ONCE, /* the n-th call that changes something fails, and all after it */
    FAULT_HALF, /* likewise, and of a write a half has arrived */
};

static struct {
    _Atomic enum fault fault;
    _Atomic i64 left; /* calls until one fails; below 0: it has */
} bad = {FAULT_ONCE, INT64_MAX};

/* What the call was that failed, in all tests: a fault that never fired tests nothing.
 */
enum call { CALL_WRITE, CALL_SYNC, CALL_RENAME, CALL_REMOVE, CALL_RESIZE, CALLS };
static _Atomic u64 fired[CALLS];

/* Pieces that were written and not synced, as they were before. The disk may write them
 * in any order, so after a power cut any of them may be missing. */
enum { PIECE = 512, PIECES = 1 << 14, FILES = 64 };

static struct {
    _Atomic bool is_on;
    pthread_mutex_t lock; /* the log and the vault write in threads of their own */
    size_t count;
    struct written {
        ino_t file;
        int fd; /* ours, so it lives longer than theirs */
    } files[FILES];
    size_t file_count;
    struct unsynced {
        ino_t file;
        off_t at;
        ssize_t len; /* of the file's bytes that were there */
        char before[PIECE];
    } pieces[PIECES];
} power = {.lock = PTHREAD_MUTEX_INITIALIZER};

static void bad_never(void)
{
    atomic_store(&bad.left, INT64_MAX);
}

static void bad_at(enum fault fault, i64 nth)
{
    atomic_store(&bad.fault, fault);
    atomic_store(&bad.left, nth);
}

static bool bad_has_fired(void)
{
    return atomic_load(&bad.left) < 0;
}

/* 0: go on; 1: this is the one; 2: it was before. */
static int bad_now(enum call call)
{
    i64 left = atomic_fetch_sub(&bad.left, 1);

    if (left == 0)
        fired[call]++;
    errno = EIO;
    return left > 0 ? 0 : left == 0 ? 1 : 2;
}

static ino_t file_number(int fd)
{
    struct stat st;

    return fstat(fd, &st) == 0 && S_ISREG(st.st_mode) ? st.st_ino : 0;
}

static bool is_file(int fd)
{
    return file_number(fd) != 0;
}

static ssize_t write_now(int fd, const void *bytes, size_t len, off_t at)
{
    return syscall(SYS_pwrite64, fd, bytes, len, at);
}

static void power_sync(int fd)
{
    ino_t file = file_number(fd);
    size_t kept = 0;

    pthread_mutex_lock(&power.lock);
    for (size_t i = 0; i < power.count; i++)
        if (power.pieces[i].file != file)
            power.pieces[kept++] = power.pieces[i];
    power.count = kept;
    pthread_mutex_unlock(&power.lock);
}

static int power_fd(ino_t file)
{
    for (size_t i = 0; i < power.file_count; i++)
        if (power.files[i].file == file)
            return power.files[i].fd;
    return -1;
}

static void power_know(int fd)
{
    if (power_fd(file_number(fd)) >= 0)
        return;
    must(power.file_count < FILES);
    power.files[power.file_count++] = (struct written){file_number(fd), dup(fd)};
}

/* A file that syncs each write forgets nothing. */
static void power_write(int fd, size_t len, off_t at)
{
    if (!power.is_on || (fcntl(fd, F_GETFL) & O_DSYNC))
        return;
    pthread_mutex_lock(&power.lock);
    power_know(fd);
    for (size_t done = 0; done < len; done += PIECE) {
        must(power.count < PIECES);
        struct unsynced *u = &power.pieces[power.count++];
        u->file = file_number(fd);
        u->at = at + (off_t)done;
        u->len = pread(fd, u->before, PIECE, u->at);
        if (u->len < 0) /* opened for writing only */
            u->len = 0;
    }
    pthread_mutex_unlock(&power.lock);
}

static void power_begin(void)
{
    power.is_on = true;
    power.count = 0;
}

/* Some of what was not synced was never written. */
static void power_cut(struct prng *p)
{
    static const char zeros[PIECE];

    for (size_t i = power.count; i-- > 0;) {
        struct unsynced *u = &power.pieces[i];
        int fd = power_fd(u->file);
        if (prng_chance(p, 500))
            continue;
        must(write_now(fd, zeros, PIECE, u->at) == PIECE);
        must(write_now(fd, u->before, (size_t)u->len, u->at) == u->len);
    }
}

static void power_end(void)
{
    for (size_t i = 0; i < power.file_count; i++)
        close(power.files[i].fd);
    power.file_count = power.count = 0;
    power.is_on = false;
}

static ssize_t write_or_fail(int fd, const void *bytes, size_t len, off_t at)
{
    int when = bad_now(CALL_WRITE);

    if (when == 1 && bad.fault == FAULT_HALF && len > PIECE) {
        power_write(fd, len / 2, at);
        write_now(fd, bytes, len / 2 / PIECE * PIECE, at);
        errno = EIO;
    }
    if (when)
        return -1;
    power_write(fd, len, at);
    return write_now(fd, bytes, len, at);
}

ssize_t pwrite(int fd, const void *bytes, size_t len, off_t at)
{
    return is_file(fd) ? write_or_fail(fd, bytes, len, at)
                       : write_now(fd, bytes, len, at);
}

ssize_t writev(int fd, const struct iovec *parts, int count)
{
    off_t at = lseek(fd, 0, SEEK_CUR);
    ssize_t all = 0;

    if (!is_file(fd))
        return syscall(SYS_writev, fd, parts, count);
    for (int i = 0; i < count; i++) {
        ssize_t put = write_or_fail(fd, parts[i].iov_base, parts[i].iov_len, at + all);
        if (put < 0)
            return put;
        all += put;
    }
    lseek(fd, at + all, SEEK_SET);
    return all;
}

int fdatasync(int fd)
{
    if (bad_now(CALL_SYNC))
        return -1;
    power_sync(fd);
    return 0;
}

int fsync(int fd)
{
    return fdatasync(fd);
}

int rename(const char *from, const char *to)
{
    return bad_now(CALL_RENAME) ? -1 : (int)syscall(SYS_rename, from, to);
}

int renameat(int a, const char *from, int b, const char *to)
{
    return bad_now(CALL_RENAME) ? -1 : (int)syscall(SYS_renameat, a, from, b, to);
}

int unlinkat(int folder, const char *name, int flags)
{
    return bad_now(CALL_REMOVE) ? -1 : (int)syscall(SYS_unlinkat, folder, name, flags);
}

int ftruncate(int fd, off_t len)
{
    return bad_now(CALL_RESIZE) ? -1 : (int)syscall(SYS_ftruncate, fd, len);
}

#endif
