#include "log/log.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "log/file.h"
#include "log/frame.h"
#include "t/contract/log.c"
#include "t/fuzz/log.c"
#include "t/test.h"

/* ---- folders
 * ----------------------------------------------------------------------------- */

/* All folders of a run lie in one, which goes when the program ends. */
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
    char text[600];
};

/* The name of a folder that is not there yet. */
static struct path folder_new(void)
{
    struct path path;

    if (!root[0]) {
        const char *where = getenv("TMPDIR");
        snprintf(root, sizeof(root), "%s/fermata-log-XXXXXX", where ? where : "/tmp");
        must(mkdtemp(root));
        atexit(root_remove);
    }
    snprintf(path.text, sizeof(path.text), "%s/%llu", root,
             (unsigned long long)++folders);
    return path;
}

static struct path path_in(const char *folder, const char *name)
{
    struct path path;

    snprintf(path.text, sizeof(path.text), "%s/%s", folder, name);
    return path;
}

enum { FILE_MOST = 1 << 17 };

static size_t file_load(const char *path, char *room)
{
    FILE *file = fopen(path, "rb");
    size_t len = 0;

    must(file);
    len = fread(room, 1, FILE_MOST, file);
    must(len < FILE_MOST);
    fclose(file);
    return len;
}

static void file_store(const char *path, const char *bytes, size_t len)
{
    FILE *file = fopen(path, "wb");

    must(file);
    must(fwrite(bytes, 1, len, file) == len);
    fclose(file);
}

static void folder_copy(const char *from, const char *to)
{
    static char room[FILE_MOST];
    DIR *list = opendir(from);

    must(list);
    must(mkdir(to, 0700) == 0);
    for (struct dirent *e; (e = readdir(list));) {
        if (e->d_name[0] == '.')
            continue;
        size_t len = file_load(path_in(from, e->d_name).text, room);
        file_store(path_in(to, e->d_name).text, room, len);
    }
    closedir(list);
}

/* ---- a disk that fails
 * --------------------------------------------------------------------- */

enum fault {
    FAULT_ONCE,  /* the n-th call fails with EIO, the others work */
    FAULT_ALL,   /* so do all later ones */
    FAULT_SHORT, /* a write does half of it and says so; other calls fail */
    FAULT_HALF,  /* a write does half of it and says EIO; other calls fail */
};

/* Counts calls that change something, or all of them with `reads`. Syncs are not passed
 * on: these tests ask what is in the files, and there are many of them. */
static struct {
    enum fault fault;
    bool reads;
    _Atomic i64 left; /* calls until one fails; below 0: it has */
} bad;

static void bad_never(void)
{
    bad.fault = FAULT_ONCE;
    atomic_store(&bad.left, INT64_MAX);
}

static void bad_at(enum fault fault, i64 nth)
{
    bad.fault = fault;
    atomic_store(&bad.left, nth);
}

static bool bad_has_failed(void)
{
    return atomic_load(&bad.left) < 0;
}

static bool bad_now(bool counts)
{
    if (!counts)
        return false;
    i64 left = atomic_fetch_sub(&bad.left, 1);
    errno = EIO;
    return left == 0 || (left < 0 && bad.fault == FAULT_ALL);
}

static int bad_openat(void *ctx, int folder, const char *name, int flags)
{
    bool changes = flags & (O_CREAT | O_TRUNC);

    return bad_now(changes || bad.reads) ? -1
                                         : disk_real.openat(NULL, folder, name, flags);
}

static ssize_t bad_pread(void *ctx, int fd, void *bytes, size_t len, off_t at)
{
    return bad_now(bad.reads) ? -1 : disk_real.pread(NULL, fd, bytes, len, at);
}

static ssize_t bad_pwrite(void *ctx, int fd, const void *bytes, size_t len, off_t at)
{
    if (!bad_now(true))
        return disk_real.pwrite(NULL, fd, bytes, len, at);
    if (bad.fault != FAULT_SHORT && bad.fault != FAULT_HALF)
        return -1;
    ssize_t put = disk_real.pwrite(NULL, fd, bytes, len / 2, at);
    errno = EIO;
    return bad.fault == FAULT_SHORT ? put : -1;
}

static int bad_fdatasync(void *ctx, int fd)
{
    return bad_now(true) ? -1 : 0;
}

static int bad_renameat(void *ctx, int folder, const char *from, const char *to)
{
    return bad_now(true) ? -1 : disk_real.renameat(NULL, folder, from, to);
}

static int bad_unlinkat(void *ctx, int folder, const char *name)
{
    return bad_now(true) ? -1 : disk_real.unlinkat(NULL, folder, name);
}

static const struct disk bad_disk = {
    .openat = bad_openat,
    .pread = bad_pread,
    .pwrite = bad_pwrite,
    .fdatasync = bad_fdatasync,
    .renameat = bad_renameat,
    .unlinkat = bad_unlinkat,
};

/* ---- the keepers, for the contract
 * --------------------------------------------------------- */

static const struct log_file_options small = {
    .segment = 16 << 10, .batch_bytes = 2048, .batch_entries = 8, .spare = 1};

static struct path file_path; /* of the log that was opened last */

static struct log *open_at(struct path path)
{
    struct err err = {0};
    struct log *l = log_file_open_on(&bad_disk, path.text, &small, &err);

    if (!l)
        test_failed(__FILE__, __LINE__, "%s", err.text);
    file_path = path;
    return l;
}

static struct log *file_open(void)
{
    bad_never();
    return open_at(folder_new());
}

/* From one moment on no call changes anything, as when the process was killed, whatever
 * the log's thread was about. */
static struct log *file_crash(struct log *l)
{
    bad_at(FAULT_ALL, 0);
    log_close(l);
    bad_never();
    return open_at(file_path);
}

static void file_fail(struct log *l)
{
    bad_at(FAULT_ALL, 0);
}

static struct log *mem_open(void)
{
    return log_mem_open(&(struct log_mem_options){.pumps = 0, .keep = true});
}

static struct log *mem_open_slow(void)
{
    return log_mem_open(&(struct log_mem_options){.pumps = 3, .keep = true});
}

static struct log *mem_crash(struct log *l)
{
    log_mem_crash(l);
    return l;
}

static void mem_fail(struct log *l)
{
    log_mem_fail(l, "the disk is gone");
}

static const struct kept keepers[] = {
    {"mem", mem_open, mem_crash, mem_fail},
    {"mem, slow", mem_open_slow, mem_crash, mem_fail},
    {"file", file_open, file_crash, file_fail},
};

static size_t keeper_count(void)
{
    return LEN(keepers);
}

/* ---- mem
 * -------------------------------------------------------------------------------------
 */

TEST(a_slow_memory_log_is_durable_after_as_many_pumps_as_it_was_told)
{
    struct log *l = claimed(log_mem_open(&(struct log_mem_options){.pumps = 2}));
    struct err err = {0};

    CHECK_INT(log_wake_fd(l), -1);
    log_append(l, STR("a"));
    CHECK(log_pump(l, &err));
    CHECK_INT(l->durable, 1);
    log_append(l, STR("b"));
    CHECK(log_pump(l, &err));
    CHECK_INT(l->durable, 2);
    CHECK(log_pump(l, &err));
    CHECK_INT(l->durable, 3);
    log_close(l);
}

TEST(a_memory_log_that_keeps_nothing_says_so)
{
    struct log *l = claimed(log_mem_open(&(struct log_mem_options){.keep = false}));
    struct err err = {0};

    append_many(l, 1000);
    CHECK(make_durable(l, &err));
    CHECK_INT(l->first, l->durable);
    CHECK(!log_follow(l, l->first, &err));
    CHECK_INT(err.code, ERR_LIMIT);
    CHECK(log_trim(l, l->durable, &err));
    log_close(l);
}
