/* A shim that writes down each change below POWER_ROOT that is not synced yet, so that
 * it can be undone when the power goes: the server is killed, and power.c takes back
 * what was not synced. Nothing is really synced, which the page cache makes up for. */
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

#include "t/faults/shim.h"

enum { SYNC_US = 3000 };

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int journal = -2; /* -2: not opened yet; -1: there is none */
static const char *root, *path;
static u64 kept;

#define REAL(name, type, ...)                                 \
    static type (*real_##name)(__VA_ARGS__);                  \
    static void find_##name(void)                             \
    {                                                         \
        if (!real_##name)                                     \
            *(void **)&real_##name = dlsym(RTLD_NEXT, #name); \
    }

REAL(openat, int, int, const char *, int, ...)
REAL(open, int, const char *, int, ...)
REAL(pwrite, ssize_t, int, const void *, size_t, off_t)
REAL(write, ssize_t, int, const void *, size_t)
REAL(pwritev, ssize_t, int, const struct iovec *, int, off_t)
REAL(renameat, int, int, const char *, int, const char *)
REAL(rename, int, const char *, const char *)
REAL(unlinkat, int, int, const char *, int)
REAL(unlink, int, const char *)
REAL(ftruncate, int, int, off_t)

static bool is_on(void)
{
    if (journal != -2)
        return journal >= 0;
    root = getenv("POWER_ROOT");
    path = getenv("POWER_JOURNAL");
    find_open();
    journal = root && path
                  ? real_open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600)
                  : -1;
    return journal >= 0;
}

/* A file or folder below the root; *inode is its number. */
static bool is_ours(int fd, u64 *inode)
{
    char link[64], where[4096];
    struct stat st;

    snprintf(link, sizeof(link), "/proc/self/fd/%d", fd);
    ssize_t len = readlink(link, where, sizeof(where) - 1);
    if (len <= 0)
        return false;
    where[len] = '\0';
    if (strncmp(where, root, strlen(root)) != 0 || fstat(fd, &st) != 0)
        return false;
    *inode = (u64)st.st_ino;
    return S_ISREG(st.st_mode) || S_ISDIR(st.st_mode);
}

/* One write for each, so that a kill leaves whole notes but for the last. */
static void note_put(const struct note *n, const void *bytes)
{
    struct iovec parts[2] = {{(void *)(size_t)n, sizeof(*n)},
                             {(void *)(size_t)bytes, n->len}};

    if (writev(journal, parts, bytes ? 2 : 1) < 0)
        abort();
}

static u64 inode_of(int folder, const char *name)
{
    struct stat st;

    return fstatat(folder, name, &st, AT_SYMLINK_NOFOLLOW) == 0 ? (u64)st.st_ino : 0;
}

/* ---- names
 * ----------------------------------------------------------------------------- */

/* The folder of a path as a descriptor of our own, and the last part. */
static int folder_of(const char *name, const char **last)
{
    char folder[4096];
    const char *slash = strrchr(name, '/');

    find_open();
    *last = slash ? slash + 1 : name;
    snprintf(folder, sizeof(folder), "%.*s", slash ? (int)(slash - name) : 1,
             slash ? name : ".");
    return real_open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
}

/* A second name beside the journal keeps what a rename or an unlink takes away. */
static void keep_file(struct note *n, int folder, const char *name)
{
    char to[4200];

    if (inode_of(folder, name) == 0)
        return;
    snprintf(n->kept, sizeof(n->kept), "kept-%d-%llu", (int)getpid(),
             (unsigned long long)++kept);
    snprintf(to, sizeof(to), "%s-%s", path, n->kept);
    if (linkat(folder, name, AT_FDCWD, to, 0) != 0)
        n->kept[0] = '\0';
}

static void note_name(enum note_kind kind, int folder, const char *name,
                      const char *other)
{
    struct note n = {.kind = kind};

    if (!is_ours(folder, &n.folder))
        return;
    snprintf(n.name, sizeof(n.name), "%s", name);
    snprintf(n.other, sizeof(n.other), "%s", other);
    if (kind != NOTE_CREATE)
        keep_file(&n, folder, kind == NOTE_RENAME ? other : name);
    note_put(&n, NULL);
}

int openat(int folder, const char *name, int flags, ...)
{
    va_list args;

    va_start(args, flags);
    mode_t mode = flags & O_CREAT ? va_arg(args, mode_t) : 0;
    va_end(args);
    find_openat();
    if (flags & O_CREAT && is_on()) {
        pthread_mutex_lock(&lock);
        if (name[0] != '/' && inode_of(folder, name) == 0)
            note_name(NOTE_CREATE, folder, name, "");
        pthread_mutex_unlock(&lock);
    }
    return real_openat(folder, name, flags, mode);
}

int open(const char *name, int flags, ...)
{
    va_list args;
    const char *last;

    va_start(args, flags);
    mode_t mode = flags & O_CREAT ? va_arg(args, mode_t) : 0;
    va_end(args);
    find_open();
    if (flags & O_CREAT && is_on()) {
        pthread_mutex_lock(&lock);
        int folder = folder_of(name, &last);
        if (folder >= 0 && inode_of(folder, last) == 0)
            note_name(NOTE_CREATE, folder, last, "");
        if (folder >= 0)
            close(folder);
        pthread_mutex_unlock(&lock);
    }
    return real_open(name, flags, mode);
}

int renameat(int from, const char *name, int to, const char *other)
{
    find_renameat();
    if (is_on()) {
        pthread_mutex_lock(&lock);
        note_name(NOTE_RENAME, from, name, other);
        pthread_mutex_unlock(&lock);
    }
    return real_renameat(from, name, to, other);
}

int rename(const char *name, const char *other)
{
    const char *last, *other_last = strrchr(other, '/');

    find_rename();
    if (is_on()) {
        pthread_mutex_lock(&lock);
        int folder = folder_of(name, &last);
        if (folder >= 0) {
            note_name(NOTE_RENAME, folder, last, other_last ? other_last + 1 : other);
            close(folder);
        }
        pthread_mutex_unlock(&lock);
    }
    return real_rename(name, other);
}

int unlinkat(int folder, const char *name, int flags)
{
    find_unlinkat();
    if (is_on()) {
        pthread_mutex_lock(&lock);
        note_name(NOTE_UNLINK, folder, name, "");
        pthread_mutex_unlock(&lock);
    }
    return real_unlinkat(folder, name, flags);
}

int unlink(const char *name)
{
    const char *last;

    find_unlink();
    if (is_on()) {
        pthread_mutex_lock(&lock);
        int folder = folder_of(name, &last);
        if (folder >= 0) {
            note_name(NOTE_UNLINK, folder, last, "");
            close(folder);
        }
        pthread_mutex_unlock(&lock);
    }
    return real_unlink(name);
}

/* ---- bytes
 * ----------------------------------------------------------------------------- */

/* What is opened to be synced with each write is so. */
static bool is_synced_at_once(int fd)
{
    int flags = fcntl(fd, F_GETFL);

    return flags >= 0 && (flags & (O_SYNC | O_DSYNC));
}

/* The file once more, since it may be open for writing only. */
static int reader_of(int fd)
{
    char link[64];

    snprintf(link, sizeof(link), "/proc/self/fd/%d", fd);
    find_open();
    return real_open(link, O_RDONLY | O_CLOEXEC);
}

static void note_before(int fd, size_t len, off_t at)
{
    static char before[1 << 16];
    struct note n = {.kind = NOTE_WRITE};
    struct stat st;

    if (!is_ours(fd, &n.file) || is_synced_at_once(fd) || fstat(fd, &st) != 0)
        return;
    if (at + (off_t)len > st.st_size) {
        struct note size = {.kind = NOTE_SIZE, .file = n.file, .at = (u64)st.st_size};
        note_put(&size, NULL);
    }
    int reader = reader_of(fd);
    while (reader >= 0 && len > 0 && at < st.st_size) {
        size_t part = len < sizeof(before) ? len : sizeof(before);
        ssize_t got = pread(reader, before, part, at);
        if (got <= 0)
            break;
        n.at = (u64)at;
        n.len = (u32)got;
        note_put(&n, before);
        at += got;
        len -= (size_t)got;
    }
    if (reader >= 0)
        close(reader);
}

ssize_t pwrite(int fd, const void *bytes, size_t len, off_t at)
{
    find_pwrite();
    if (is_on()) {
        pthread_mutex_lock(&lock);
        note_before(fd, len, at);
        pthread_mutex_unlock(&lock);
    }
    return real_pwrite(fd, bytes, len, at);
}

ssize_t pwritev(int fd, const struct iovec *parts, int count, off_t at)
{
    size_t len = 0;

    find_pwritev();
    for (int i = 0; i < count; i++)
        len += parts[i].iov_len;
    if (is_on()) {
        pthread_mutex_lock(&lock);
        note_before(fd, len, at);
        pthread_mutex_unlock(&lock);
    }
    return real_pwritev(fd, parts, count, at);
}

ssize_t write(int fd, const void *bytes, size_t len)
{
    find_write();
    if (is_on() && fd != journal) {
        off_t at = lseek(fd, 0, SEEK_CUR);
        if (at >= 0) {
            pthread_mutex_lock(&lock);
            note_before(fd, len, at);
            pthread_mutex_unlock(&lock);
        }
    }
    return real_write(fd, bytes, len);
}

int ftruncate(int fd, off_t size)
{
    struct note n = {.kind = NOTE_SIZE};
    struct stat st;

    find_ftruncate();
    if (is_on() && is_ours(fd, &n.file) && fstat(fd, &st) == 0) {
        n.at = (u64)st.st_size;
        pthread_mutex_lock(&lock);
        note_put(&n, NULL);
        pthread_mutex_unlock(&lock);
    }
    return real_ftruncate(fd, size);
}

static int synced(int fd)
{
    struct note n = {.kind = NOTE_SYNC};

    if (is_on() && is_ours(fd, &n.file) && !getenv("POWER_LIE")) {
        usleep(SYNC_US);
        pthread_mutex_lock(&lock);
        note_put(&n, NULL);
        pthread_mutex_unlock(&lock);
    }
    return 0;
}

int fsync(int fd)
{
    return synced(fd);
}

int fdatasync(int fd)
{
    return synced(fd);
}
