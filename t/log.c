#include "log/log.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/hash.h"
#include "log/file.h"
#include "log/frame.h"
#include "log/writer.h"
#include "t/contract/log.c"
#include "t/fuzz/log.c"
#include "t/test.h"

/* ---- folders --------------------------------------------------------------------- */

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

    int len = snprintf(path.text, sizeof(path.text), "%s/%s", folder, name);
    must(len > 0 && (size_t)len < sizeof(path.text));
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

/* ---- a disk that fails ----------------------------------------------------------- */

enum fault {
    FAULT_ONCE,  /* the n-th call fails with EIO, the others work */
    FAULT_ALL,   /* so do all later ones */
    FAULT_SHORT, /* a write does half of it and says so; other calls fail */
    FAULT_HALF,  /* a write does half of it and says EIO; other calls fail */
    FAULT_FULL,  /* from the n-th write on, some find no room; nothing else fails */
};

/* Counts calls that change something, or all of them with `reads`. Syncs are not passed
 * on: these tests ask what is in the files, and there are many of them. */
static struct {
    _Atomic enum fault fault;
    _Atomic bool reads;
    _Atomic i64 left; /* calls until one fails; below 0: it has */
} bad;

static void bad_at(enum fault fault, i64 nth)
{
    atomic_store(&bad.fault, fault);
    atomic_store(&bad.left, nth);
}

static void bad_never(void)
{
    bad_at(FAULT_ONCE, INT64_MAX);
    atomic_store(&bad.reads, false);
}

static bool bad_has_failed(void)
{
    return atomic_load(&bad.left) < 0;
}

enum { FULL_WRITES = 3 }; /* after each the log waits */

static bool bad_is_full(void)
{
    if (bad.fault != FAULT_FULL)
        return false;
    i64 left = atomic_fetch_sub(&bad.left, 1);
    errno = ENOSPC;
    return left <= 0 && left > -FULL_WRITES;
}

static bool bad_now(bool counts)
{
    if (!counts || bad.fault == FAULT_FULL)
        return false;
    i64 left = atomic_fetch_sub(&bad.left, 1);
    errno = EIO;
    return left == 0 || (left < 0 && bad.fault == FAULT_ALL);
}

/* What a power cut may take back: pieces that were written and not synced, and a name
 * that was changed and not synced. Pieces whose sync failed are only in memory, and no
 * later sync writes them: so do real systems. Kept by the log's thread and by the one
 * that claims, who are never at work at once. */
enum { PIECE = 512, PIECES = 1 << 12 };

static struct {
    _Atomic bool is_on;
    struct unsynced {
        ino_t file;
        int fd; /* to the same file; ours, so it lives longer */
        off_t at;
        bool is_lost;
        char before[PIECE];
    } pieces[PIECES];
    size_t count;
    char from[32], to[32]; /* the name; "": none */
    ino_t folder;
    _Atomic u64 names; /* changed and synced so far */
} power;

static ino_t file_number(int fd)
{
    struct stat st;

    must(fstat(fd, &st) == 0);
    return st.st_ino;
}

static void power_write(int fd, size_t len, off_t at)
{
    for (size_t done = 0; power.is_on && done < len; done += PIECE) {
        must(power.count < PIECES);
        struct unsynced *u = &power.pieces[power.count++];
        *u = (struct unsynced){
            .file = file_number(fd), .fd = dup(fd), .at = at + (off_t)done};
        must(pread(u->fd, u->before, PIECE, u->at) >= 0);
    }
}

static void power_restore(const struct unsynced *u)
{
    must(pwrite(u->fd, u->before, PIECE, u->at) == PIECE);
}

static void power_sync(int fd)
{
    size_t kept = 0;

    for (size_t i = 0; i < power.count; i++) {
        struct unsynced *u = &power.pieces[i];
        if (u->is_lost || u->file != file_number(fd))
            power.pieces[kept++] = *u;
        else
            close(u->fd);
    }
    power.count = kept;
    if (power.from[0] && power.folder == file_number(fd)) {
        power.from[0] = 0;
        atomic_fetch_add(&power.names, 1);
    }
}

static void power_sync_failed(int fd)
{
    for (size_t i = 0; i < power.count; i++)
        if (power.pieces[i].file == file_number(fd))
            power.pieces[i].is_lost = true;
}

static void power_forget(int fd)
{
    size_t kept = 0;

    for (size_t i = 0; i < power.count; i++) {
        struct unsynced *u = &power.pieces[i];
        if (!u->is_lost || u->file != file_number(fd)) {
            power.pieces[kept++] = *u;
            continue;
        }
        power_restore(u);
        close(u->fd);
    }
    power.count = kept;
}

static void power_rename(int folder, const char *from, const char *to)
{
    snprintf(power.from, sizeof(power.from), "%s", from);
    snprintf(power.to, sizeof(power.to), "%s", to);
    power.folder = file_number(folder);
}

/* Each piece by itself got to the disk or did not. */
static void power_cut(const char *folder, struct prng *p)
{
    for (size_t i = power.count; i-- > 0;) {
        struct unsynced *u = &power.pieces[i];
        if (u->is_lost || prng_chance(p, 500))
            power_restore(u);
        close(u->fd);
    }
    if (power.from[0] && prng_chance(p, 500))
        rename(path_in(folder, power.to).text, path_in(folder, power.from).text);
    power.count = 0;
    power.from[0] = 0;
    power.is_on = false;
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
    if (bad_is_full())
        return -1;
    if (!bad_now(true)) {
        power_write(fd, len, at);
        return disk_real.pwrite(NULL, fd, bytes, len, at);
    }
    if (bad.fault != FAULT_SHORT && bad.fault != FAULT_HALF)
        return -1;
    ssize_t put = disk_real.pwrite(NULL, fd, bytes, len / 2, at);
    errno = EIO;
    return bad.fault == FAULT_SHORT ? put : -1;
}

static int bad_fdatasync(void *ctx, int fd)
{
    if (!bad_now(true)) {
        power_sync(fd);
        return 0;
    }
    power_sync_failed(fd);
    errno = EIO;
    return -1;
}

static void bad_forget(void *ctx, int fd)
{
    power_forget(fd);
}

static off_t bad_hole(void *ctx, int fd, off_t at)
{
    return bad_now(bad.reads) ? -1 : disk_real.hole(NULL, fd, at);
}

static int bad_renameat(void *ctx, int folder, const char *from, const char *to)
{
    if (bad_now(true))
        return -1;
    power_rename(folder, from, to);
    return disk_real.renameat(NULL, folder, from, to);
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
    .forget = bad_forget,
    .hole = bad_hole,
    .renameat = bad_renameat,
    .unlinkat = bad_unlinkat,
};

/* ---- the keepers, for the contract ----------------------------------------------- */

static const struct log_file_options small = {
    .segment = 16 << 10, .batch_bytes = 2048, .batch_entries = 8, .spare = 1};

static struct path file_path; /* of the log that was opened last */

static struct log *open_with(struct path path, const struct log_file_options *options)
{
    struct err err = {0};
    struct log *l = log_file_open_on(&bad_disk, path.text, options, &err);

    if (!l)
        test_failed(__FILE__, __LINE__, "%s", err.text);
    file_path = path;
    return l;
}

static struct log *open_at(struct path path)
{
    return open_with(path, &small);
}

static struct log *file_open(void)
{
    bad_never();
    atomic_store(&power.names, 0);
    return open_at(folder_new());
}

/* When a new folder has its third name (format, first segment, spare one), its log's
 * thread has filled all there is to fill: the next call will be one for a frame. */
static struct log *quiet(struct log *l)
{
    while (atomic_load(&power.names) < 3)
        sched_yield();
    return l;
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

/* ---- mem ------------------------------------------------------------------------- */

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

TEST(a_second_claim_of_a_memory_log_sees_only_what_is_durable)
{
    struct log *l = claimed(mem_open());
    struct err err = {0};

    append_many(l, 2);
    CHECK(make_durable(l, &err));
    append_many(l, 3);
    CHECK(log_claim(l, &err));
    CHECK_INT(l->epoch, 2);
    CHECK_INT(l->tail, 3);
    CHECK_INT(log_backlog(l), 0);
    check_entries(l, 1, 3);
    log_close(l);
}

/* ---- file: opening --------------------------------------------------------------- */

static void check_refused(const char *folder, enum err_code code, const char *part)
{
    struct err err = {0};
    struct log *l = log_file_open_on(&bad_disk, folder, &small, &err);

    CHECK(!l);
    CHECK_INT(err.code, code);
    if (!strstr(err.text, part) || !strstr(err.text, folder))
        test_failed(__FILE__, __LINE__, "'%s' lacks '%s'", err.text, part);
    log_close(l);
}

TEST(a_folder_is_open_once_at_a_time)
{
    struct log *l = claimed(file_open());
    struct path path = file_path;

    check_refused(path.text, ERR_FENCED, "another server uses this folder");
    log_close(l);
    l = claimed(open_at(path));
    log_close(l);
}

TEST(a_folder_and_those_above_it_are_made)
{
    struct path above = folder_new(), path = path_in(above.text, "data/1");
    struct err err = {0};
    struct log *l = claimed(log_file_open(path.text, &small, &err));

    append_many(l, 3);
    CHECK(make_durable(l, &err));
    check_entries(l, 1, 4);
    log_close(l);
}

TEST(a_folder_with_other_things_in_it_is_refused_and_not_touched)
{
    struct path path = folder_new();
    char text[FILE_MOST];

    must(mkdir(path.text, 0700) == 0);
    file_store(path_in(path.text, "letter.txt").text, "dear", 4);
    bad_never();
    check_refused(path.text, ERR_CORRUPT, "not empty (letter.txt)");
    CHECK(access(path_in(path.text, "lock").text, F_OK) != 0);
    CHECK_INT(file_load(path_in(path.text, "letter.txt").text, text), 4);
}

TEST(a_fresh_file_system_and_our_own_beginnings_count_as_empty)
{
    struct path path = folder_new();

    must(mkdir(path.text, 0700) == 0);
    must(mkdir(path_in(path.text, "lost+found").text, 0700) == 0);
    file_store(path_in(path.text, "lock").text, "", 0);
    file_store(path_in(path.text, "format.new").text, "fer", 3);
    bad_never();
    log_close(claimed(open_at(path)));
}

TEST(a_format_file_that_is_not_ours_is_refused)
{
    static const struct {
        const char *text, *says;
    } cases[] = {
        {"fermata log\nformat 2\nwhatever\n", "newer fermata"},
        {"fermata log\nformat 0\nid 1\nsegment 16384\n", "damaged"},
        {"fermata log\nformat 1\nid 1\nsegment 16385\n", "damaged"},
        {"fermata log\nformat 1\nid 1\nsegment 0\n", "damaged"},
        {"fermata log\nformat 1\nid x\nsegment 16384\n", "damaged"},
        {"fermata log\nformat 1\nid 1\n", "damaged"},
        {"fermata log\nformat 1", "damaged"},
        {"fermata log", "no fermata log"},
        {"another log\nformat 1\nid 1\nsegment 16384\n", "no fermata log"},
        {"", "no fermata log"},
    };

    bad_never();
    for (size_t i = 0; i < LEN(cases); i++) {
        struct path path = folder_new();
        must(mkdir(path.text, 0700) == 0);
        file_store(path_in(path.text, "format").text, cases[i].text,
                   strlen(cases[i].text));
        check_refused(path.text, ERR_CORRUPT, cases[i].says);
        CHECK(access(path_in(path.text, "lock").text, F_OK) != 0);
    }
}

TEST(a_folder_that_cannot_be_made_or_written_is_named)
{
    struct path file = folder_new(), path = folder_new();

    bad_never();
    file_store(file.text, "", 0);
    check_refused(file.text, ERR_IO, "Not a directory");
    check_refused(path_in(file.text, "1").text, ERR_IO, "cannot be made");
    bad_at(FAULT_ONCE, 0);
    check_refused(path.text, ERR_IO, "lock: cannot be opened for writing");
}

TEST(the_segment_size_of_a_folder_stays_what_it_was)
{
    struct log *l = filled(&(struct kept){.open = file_open}, 30);
    struct log_file_options other = small;
    struct err err = {0};

    log_close(l);
    other.segment = 1 << 20;
    l = claimed(log_file_open_on(&bad_disk, file_path.text, &other, &err));
    check_entries(l, 1, 31);
    log_close(l);
    other.segment = 5000;
    CHECK(!log_file_open_on(&bad_disk, folder_new().text, &other, &err));
    CHECK_INT(err.code, ERR_LIMIT);
}

/* ---- file: frames and segments --------------------------------------------------- */

static size_t segment_count(const char *folder)
{
    DIR *list = opendir(folder);
    size_t count = 0;

    must(list);
    for (struct dirent *e; (e = readdir(list));)
        count += str_ends(str_of(e->d_name), STR(".log"));
    closedir(list);
    return count;
}

TEST(trimmed_segments_are_used_again_and_again)
{
    struct log *l = claimed(file_open());
    struct err err = {0};

    for (int i = 0; i < 300; i++) {
        append_many(l, 40);
        CHECK(make_durable(l, &err));
        CHECK(log_trim(l, l->durable - 20, &err));
        if (i % 50 == 0)
            l = claimed(file_crash(l));
        check_entries(l, l->durable - 20, l->durable);
        CHECK(segment_count(file_path.text) <= 12);
        if (test_has_failed())
            break;
    }
    CHECK_INT(l->tail, 1 + 300 * 40);
    log_close(l);
}

TEST(a_long_trim_gives_most_of_the_disk_back)
{
    struct log *l = filled(&(struct kept){.open = file_open}, 600);
    struct err err = {0};

    CHECK(segment_count(file_path.text) > 15);
    CHECK(log_trim(l, l->durable, &err));
    append_many(l, 1); /* behind the trim: when it is durable, that is done */
    CHECK(make_durable(l, &err));
    CHECK(segment_count(file_path.text) <= 6);
    check_entries(l, l->first, l->durable);
    log_close(l);
}

TEST(a_spare_segment_with_a_number_too_high_is_used_in_its_turn)
{
    struct log *l = quiet(filled(&(struct kept){.open = file_open}, 1));
    struct err err = {0};

    log_close(l);
    must(rename(path_in(file_path.text, "000000000002.log").text,
                path_in(file_path.text, "000000000009.log").text) == 0);
    l = claimed(open_at(file_path));
    append_many(l, 99);
    CHECK(make_durable(l, &err));
    l = claimed(file_crash(l));
    check_entries(l, 1, 101);
    log_close(l);
}

TEST(a_frame_follows_only_when_all_that_tells_it_apart_is_right)
{
    static const struct frame_chain chain = {
        .epoch = 5, .serial = 7, .number = 100, .crc = 33};
    static const struct {
        struct frame f;
        bool follows;
    } cases[] = {
        {{.epoch = 5, .serial = 8, .first = 100, .prior = 33}, true},
        {{.epoch = 6, .serial = 8, .first = 100, .prior = 33}, true},
        {{.epoch = 4, .serial = 8, .first = 100, .prior = 33}, false},
        {{.epoch = 5, .serial = 7, .first = 100, .prior = 33}, false},
        {{.epoch = 5, .serial = 9, .first = 100, .prior = 33}, false},
        {{.epoch = 5, .serial = 8, .first = 99, .prior = 33}, false},
        {{.epoch = 5, .serial = 8, .first = 101, .prior = 33}, false},
        {{.epoch = 5, .serial = 8, .first = 100, .prior = 34}, false},
    };

    for (size_t i = 0; i < LEN(cases); i++)
        CHECK_INT(frame_follows(&cases[i].f, &chain), cases[i].follows);
}

/* Files that were written once are read for ever. */
TEST(the_frame_format_stays_as_it_is)
{
    static const char wanted[] = "FLOG\1\0\0\0\10\7\6\5\4\3\2\1" /* id */
                                 "\2\0\0\0\0\0\0\0"              /* epoch */
                                 "\3\0\0\0\0\0\0\0"              /* serial */
                                 "\4\1\0\0\0\0\0\0"              /* first */
                                 "\1\0\0\0\7\0\0\0\7\0\0\0"      /* count, lengths */
                                 "\104\63\42\21\0\0\0\0";        /* prior, zero */
    struct frame f = {.id = 0x0102030405060708,
                      .epoch = 2,
                      .serial = 3,
                      .first = 0x104,
                      .count = 1,
                      .prior = 0x11223344};
    char room[FRAME_BLOCK];

    CHECK_INT(frame_write(&f, STR("\3\0\0\0abc"), room), FRAME_BLOCK);
    CHECK(memcmp(room, wanted, 60) == 0);
    CHECK(memcmp(room + 64, "\3\0\0\0abc\0", 8) == 0);
    u32 crc = hash_crc32c(hash_crc32c(0, room, 60), room + 64, 7);
    CHECK_INT(f.crc, crc);
    CHECK_INT((u8)room[60], crc & 255);
    CHECK_INT((u8)room[63], crc >> 24);
}

TEST(a_batch_that_no_segment_can_hold_fails_the_pump_with_its_size)
{
    struct log *l = filled(&(struct kept){.open = file_open}, 3);
    struct err err = {0};
    struct prng p = {5};
    char big[20000];

    for (size_t i = 0; i < sizeof(big); i++)
        big[i] = (char)prng_next(&p);
    log_append(l, (struct str){big, sizeof(big)});
    CHECK(!make_durable(l, &err));
    CHECK_INT(err.code, ERR_LIMIT);
    CHECK(strstr(err.text, "20480") != NULL);
    CHECK(strstr(err.text, "16384") != NULL);
    l = claimed(file_crash(l));
    check_entries(l, 1, 4);
    CHECK_INT(l->tail, 4);
    log_close(l);
}

TEST(a_batch_holds_no_more_entries_and_bytes_than_it_may)
{
    struct log *l = claimed(file_open());
    struct err err = {0};

    for (int i = 0; i < 20; i++)
        log_append(l, STR("x"));
    CHECK(make_durable(l, &err));
    CHECK_INT(l->bytes, 3 * FRAME_BLOCK); /* 8, 8 and 4 entries */
    for (int i = 0; i < 4; i++)
        log_append(l, (struct str){(char[900]){0}, 900});
    CHECK(make_durable(l, &err));
    CHECK_INT(l->bytes, 5 * FRAME_BLOCK); /* 2 and 2 */
    log_close(l);
}

TEST(a_sync_may_be_delayed)
{
    struct log_file_options slow = small;
    struct timespec before, after;
    struct err err = {0};

    bad_never();
    slow.sync_delay_us = 3000;
    struct log *l =
        claimed(log_file_open_on(&bad_disk, folder_new().text, &slow, &err));
    clock_gettime(CLOCK_MONOTONIC, &before);
    append_many(l, 1);
    CHECK(make_durable(l, &err));
    clock_gettime(CLOCK_MONOTONIC, &after);
    i64 us = (after.tv_sec - before.tv_sec) * 1000000 +
             (after.tv_nsec - before.tv_nsec) / 1000;
    CHECK(us >= 3000);
    log_close(l);
}

/* ---- file: damage ---------------------------------------------------------------- */

/* A log of a few batches in one segment, as a crash or an orderly close leaves it, with
 * room for what the next claim writes. */
enum { BATCHES = 3 };
static const u64 batch_end[] = {4, 6, 9}; /* the number after each */

static struct path damage_log(bool is_closed)
{
    struct log_file_options options = small;
    struct err err = {0};

    bad_never();
    options.segment = 32 << 10;
    struct log *l = claimed(open_with(folder_new(), &options));
    for (size_t i = 0; i < BATCHES; i++) {
        append_many(l, batch_end[i] - l->tail);
        CHECK(make_durable(l, &err));
    }
    if (!is_closed)
        bad_at(FAULT_ALL, 0);
    log_close(l);
    bad_never();
    return file_path;
}

/* Opens a folder whose segment has these bytes; what must be there, or refused. */
static void check_damaged(struct path path, const char *bytes, size_t len, u64 end,
                          i64 refused_at)
{
    struct path segment = path_in(path.text, "000000000001.log");
    struct err err = {0};

    file_store(segment.text, bytes, len);
    struct log *l = open_at(path);
    bool is_claimed = l && log_claim(l, &err);
    CHECK_INT(is_claimed, refused_at < 0);
    if (is_claimed) {
        CHECK_INT(l->durable, end);
        check_entries(l, 1, l->durable);
    } else {
        char place[64];
        snprintf(place, sizeof(place),
                 "000000000001.log: damaged at byte %lld:", (long long)refused_at);
        CHECK_INT(err.code, ERR_CORRUPT);
        if (!strstr(err.text, place))
            test_failed(__FILE__, __LINE__, "'%s' lacks '%s'", err.text, place);
    }
    log_close(l);
}

/* Each byte of the heads and the entries in turn. The first frame is the claim's; so
 * batch i has frame i + 1. */
static void check_each_byte(bool is_closed)
{
    static char whole[FILE_MOST], bytes[FILE_MOST];
    struct path path = damage_log(is_closed);
    size_t len = file_load(path_in(path.text, "000000000001.log").text, whole);

    for (size_t at = 0; at < len && !test_has_failed(); at++) {
        size_t frame = at / FRAME_BLOCK, last = is_closed ? BATCHES + 1 : BATCHES;
        if (whole[at] == 0 && at % FRAME_BLOCK >= FRAME_HEAD && at % 512 != 511)
            continue; /* the zeros behind a frame: a few will do */
        size_t used = FRAME_HEAD;
        for (size_t i = used; i < FRAME_BLOCK; i++)
            if (whole[frame * FRAME_BLOCK + i])
                used = i + 1;
        bool hurts = at % FRAME_BLOCK < used && frame <= last;
        u64 end = batch_end[BATCHES - 1];
        if (hurts && frame == last && !is_closed)
            end = batch_end[BATCHES - 2];
        memcpy(bytes, whole, len);
        bytes[at] ^= (char)(1 << at % 8);
        check_damaged(path, bytes, len, end,
                      hurts && frame < last ? (i64)(frame * FRAME_BLOCK) : -1);
    }
}

TEST(after_a_crash_damage_is_refused_and_only_the_last_frame_may_be_torn)
{
    check_each_byte(false);
}

TEST(after_an_orderly_close_no_damage_passes_for_a_torn_tail)
{
    check_each_byte(true);
}

/* The last frame, of which any part may have got to the disk before the power went. */
TEST(a_torn_batch_is_there_whole_or_not_at_all)
{
    static char whole[FILE_MOST], bytes[FILE_MOST];
    struct path path = damage_log(false);
    size_t len = file_load(path_in(path.text, "000000000001.log").text, whole);
    char *torn = bytes + BATCHES * FRAME_BLOCK;
    struct prng p = {1};

    for (u32 set = 0; set < 256 && !test_has_failed(); set++) {
        memcpy(bytes, whole, len);
        for (u32 piece = 0; piece < 8; piece++)
            for (u32 i = 0; set & 1u << piece && i < PIECE; i++)
                torn[piece * PIECE + i] = (char)(set % 2 ? prng_next(&p) : 0);
        bool is_whole = memcmp(torn, whole + BATCHES * FRAME_BLOCK, FRAME_BLOCK) == 0;
        check_damaged(path, bytes, len, batch_end[is_whole ? 2 : 1], -1);
    }
}

TEST(a_torn_tail_is_counted)
{
    static char bytes[FILE_MOST];
    struct path path = damage_log(false);
    struct path segment = path_in(path.text, "000000000001.log");
    size_t len = file_load(segment.text, bytes);

    bytes[BATCHES * FRAME_BLOCK + FRAME_HEAD] ^= 1;
    file_store(segment.text, bytes, len);
    struct log *l = claimed(open_at(path));
    CHECK_INT(l->dropped, FRAME_BLOCK);
    l = claimed(file_crash(l));
    CHECK_INT(l->dropped, 0);
    log_close(l);
}

TEST(a_segment_that_was_cut_off_is_refused)
{
    static const size_t lens[] = {0, 1, 4096, 8191, 12288, 16383};
    static char bytes[FILE_MOST];

    for (size_t i = 0; i < LEN(lens); i++) {
        struct path path = damage_log(false);
        struct path segment = path_in(path.text, "000000000001.log");
        struct err err = {0};
        file_load(segment.text, bytes);
        file_store(segment.text, bytes, lens[i]);
        struct log *l = open_at(path);
        CHECK(!log_claim(l, &err));
        CHECK_INT(err.code, ERR_CORRUPT);
        CHECK(strstr(err.text, "a part of the log is missing") != NULL);
        log_close(l);
    }
}

TEST(a_segment_that_is_missing_is_named)
{
    static const char *const names[] = {"000000000001.log", "000000000002.log",
                                        "000000000003.log"};
    static const char *const says[] = {"log: damaged at byte 0, and this is the oldest",
                                       "000000000002.log: this part of the log",
                                       "000000000003.log: this part of the log"};

    for (size_t i = 0; i < LEN(names); i++) {
        struct log *l = filled(&(struct kept){.open = file_open}, 150);
        struct err err = {0};
        log_close(l);
        must(unlink(path_in(file_path.text, names[i]).text) == 0);
        l = open_at(file_path);
        bool is_claimed = log_claim(l, &err);
        CHECK(i == 0 || !is_claimed);
        if (i == 0) /* like a trim; whoever follows from 1 on is told */
            CHECK(is_claimed && l->first > 1);
        else if (!strstr(err.text, says[i]))
            test_failed(__FILE__, __LINE__, "'%s' lacks '%s'", err.text, says[i]);
        log_close(l);
    }
}

/* A frame of one log, as an entry of another, just where a block begins. When the batch
 * around it is torn, it must not be taken for a frame, neither to read nor as a proof
 * that something is missing. */
TEST(what_a_client_writes_is_never_taken_for_a_frame)
{
    static char frame[2 * FRAME_BLOCK], bytes[FILE_MOST];
    struct frame f = {.id = 1, .epoch = 9, .serial = 999, .first = 2, .count = 1};
    struct prng p = {2};
    char noise[2 * FRAME_BLOCK];

    for (size_t i = 0; i < sizeof(noise); i++)
        noise[i] = (char)prng_next(&p);
    char *planted = noise + FRAME_BLOCK - FRAME_HEAD - 4;
    CHECK_INT(frame_write(&f, STR("\1\0\0\0x"), frame), FRAME_BLOCK);
    memcpy(planted, frame, 100);
    struct log *l = claimed(file_open());
    struct err err = {0};
    log_append(l, (struct str){noise, sizeof(noise)});
    CHECK(make_durable(l, &err));
    bad_at(FAULT_ALL, 0);
    log_close(l);
    bad_never();
    struct path segment = path_in(file_path.text, "000000000001.log");
    size_t len = file_load(segment.text, bytes);
    CHECK(memcmp(bytes + 2 * FRAME_BLOCK, frame, 100) == 0);
    bytes[FRAME_BLOCK + FRAME_HEAD] ^= 1;
    file_store(segment.text, bytes, len);
    l = claimed(open_at(file_path));
    CHECK_INT(l->tail, 1);
    log_close(l);
}

TEST(a_damaged_frame_is_refused_also_by_a_reader)
{
    struct log *l = filled(&(struct kept){.open = file_open}, 30);
    struct path segment = path_in(file_path.text, "000000000001.log");
    static char bytes[FILE_MOST];
    struct err err = {0};
    struct log_entry entry;
    struct log_cursor *c = log_follow(l, 1, &err);
    size_t len = file_load(segment.text, bytes);

    bytes[2 * FRAME_BLOCK + FRAME_HEAD + 5] ^= 1;
    int fd = open(segment.text, O_WRONLY);
    must(pwrite(fd, bytes, len, 0) == (ssize_t)len);
    close(fd);
    enum log_next next;
    u64 last = 0;
    while ((next = log_read(c, l->durable, &entry, &err)) == LOG_ENTRY)
        last = entry.number;
    CHECK_INT(next, LOG_FAILED);
    CHECK_INT(err.code, ERR_CORRUPT);
    CHECK(last < 17);
    CHECK(strstr(err.text, "000000000001.log: damaged at byte 8192: entry") != NULL);
    log_unfollow(c);
    log_close(l);
}

/* ---- file: a full disk -------------------------------------------------------------
 */

/* The n-th write and the two after it find no room. */
static void full_from(i64 nth)
{
    struct log *l = claimed(file_open());
    struct err err = {0};

    bad_at(FAULT_FULL, nth);
    for (int i = 0; i < 20; i++) {
        append_many(l, 8);
        if (!make_durable(l, &err))
            test_failed(__FILE__, __LINE__, "write %lld: %s", (long long)nth, err.text);
    }
    CHECK(bad_has_failed());
    bad_never();
    l = claimed(file_crash(l));
    CHECK_INT(l->tail, 161);
    check_entries(l, 1, 161);
    log_close(l);
}

TEST(a_full_disk_is_waited_for_and_nothing_is_lost)
{
    for (i64 nth = 0; nth < 6 && !test_has_failed(); nth++)
        full_from(nth);
}

TEST(who_closes_does_not_wait_for_room)
{
    struct log *l = claimed(file_open());
    struct err err = {0};

    append_many(l, 8);
    CHECK(make_durable(l, &err));
    append_many(l, 8);
    bad_at(FAULT_FULL, 0);
    atomic_store(&bad.left, 0);
    CHECK(log_pump(l, &err));
    log_close(l);
    bad_never();
}

/* ---- file: looked at by others ------------------------------------------------------
 */

static struct log *looked_at(void)
{
    struct err err = {0};
    struct log *look = log_look_open(file_path.text, &err);

    if (!look)
        test_failed(__FILE__, __LINE__, "%s", err.text);
    return look;
}

TEST(who_looks_sees_what_is_durable_and_disturbs_nobody)
{
    struct log *l = filled(&(struct kept){.open = file_open}, 300), *look;
    struct err err = {0};

    look = looked_at();
    CHECK(look && look->first == 1 && look->durable == 301);
    CHECK(log_look_facts(look).is_used);
    CHECK(!log_look_facts(look).is_closed);
    append_many(l, 100); /* the writer goes on */
    CHECK(make_durable(l, &err));
    check_entries(look, 1, 301);
    CHECK_INT(log_backlog(look), 0);
    CHECK_INT(log_wake_fd(look), -1);
    CHECK(!log_claim(look, &err));
    CHECK_INT(err.code, ERR_LIMIT);
    log_close(look);
    log_close(l);
    look = looked_at();
    CHECK(look && look->durable == 401);
    CHECK(!log_look_facts(look).is_used);
    CHECK(log_look_facts(look).is_closed);
    log_close(look);
}

TEST(who_looks_makes_nothing)
{
    struct err err = {0};
    struct path path = folder_new();

    CHECK(!log_look_open(path.text, &err));
    CHECK(access(path.text, F_OK) != 0);
    must(mkdir(path.text, 0700) == 0);
    CHECK(!log_look_open(path.text, &err));
    CHECK_INT(err.code, ERR_CORRUPT);
    CHECK(strstr(err.text, "holds no fermata log") != NULL);
}

static void frame_add(void *ctx, const struct log_frame *f)
{
    u64 *sums = ctx;

    sums[0] += f->count;
    sums[1] += f->is_claim;
    sums[2] += f->is_close;
}

TEST(the_frames_of_a_log_hold_all_its_entries)
{
    struct log *l = filled(&(struct kept){.open = file_open}, 500);
    struct err err = {0};
    u64 sums[3] = {0};

    log_close(l);
    struct log *look = looked_at();
    CHECK(log_look_frames(look, frame_add, sums, &err));
    CHECK_INT(sums[0], 500);
    CHECK_INT(sums[1], 1);
    CHECK_INT(sums[2], 1);
    log_close(look);
}

/* Ends at the last frame that fits, and is a log that a server can go on with. */
static void copy_check(const struct log *look, u64 end)
{
    struct path source = file_path, to = folder_new();
    struct err err = {0};
    u64 next = 0;

    CHECK(log_look_copy(look, end, to.text, &next, &err));
    CHECK(next <= end && next + small.batch_entries > end);
    struct log *copy = claimed(open_at(to));
    CHECK_INT(copy->first, look->first);
    CHECK_INT(copy->tail, next);
    check_entries(copy, copy->first, next);
    append_many(copy, 20);
    CHECK(make_durable(copy, &err));
    check_entries(copy, copy->first, next + 20);
    log_close(copy);
    file_path = source;
}

TEST(a_copy_is_a_log_up_to_where_it_was_to_end)
{
    struct log *l = filled(&(struct kept){.open = file_open}, 600);
    struct err err = {0};

    CHECK(log_trim(l, 200, &err));
    append_many(l, 1);
    CHECK(make_durable(l, &err));
    struct log *look = looked_at();
    CHECK(look && look->first > 1);
    for (u64 end = look->first + 8; end <= look->durable && !test_has_failed();
         end += 37)
        copy_check(look, end);
    copy_check(look, look->durable);
    u64 next;
    CHECK(!log_look_copy(look, look->first - 1, folder_new().text, &next, &err));
    CHECK_INT(err.code, ERR_LIMIT);
    log_close(look);
    log_close(l);
}

TEST(a_copy_takes_only_a_folder_of_its_own)
{
    struct log *l = filled(&(struct kept){.open = file_open}, 10);
    struct log *look = looked_at();
    struct err err = {0};
    u64 next;

    CHECK(!log_look_copy(look, 11, file_path.text, &next, &err));
    CHECK_INT(err.code, ERR_IO);
    check_entries(l, 1, 11);
    log_close(look);
    log_close(l);
}

/* ---- file: the n-th call fails --------------------------------------------------- */

/* Some batches, enough to roll several times, and some trims. Returns what was durable
 * when the log was lost, or at the end; *trimmed is as far as it may be trimmed. */
static u64 story(struct log *l, u64 *trimmed)
{
    struct err err = {0};
    bool is_ours = log_claim(l, &err);

    for (int i = 0; is_ours && i < 12; i++) {
        append_many(l, 10);
        is_ours = make_durable(l, &err);
        if (is_ours && i % 3 == 2) {
            *trimmed = l->durable - 12;
            is_ours = log_trim(l, *trimmed, &err);
        }
    }
    if (!is_ours)
        CHECK(err.code == ERR_IO && err.text[0]);
    return l->epoch ? l->durable : 1;
}

/* All that was durable is there, on a disk that works again, and the log goes on. */
static void check_story(u64 durable, u64 trimmed)
{
    struct err err = {0};
    struct log *l = claimed(open_at(file_path));

    if (test_has_failed())
        return;
    CHECK(l->durable >= durable);
    CHECK(l->first <= trimmed);
    check_entries(l, l->first, l->durable);
    append_many(l, 30);
    CHECK(make_durable(l, &err));
    check_entries(l, l->first, l->durable);
    log_close(l);
}

static void fail_each_call(enum fault fault, bool reads)
{
    bool has_failed = true;

    for (i64 n = 0; has_failed && !test_has_failed(); n++) {
        struct path path = folder_new();
        struct err err = {0};
        u64 durable = 1, trimmed = 1;
        bad_at(fault, n);
        atomic_store(&bad.reads, reads);
        struct log *l = log_file_open_on(&bad_disk, path.text, &small, &err);
        if (l)
            durable = story(l, &trimmed);
        log_close(l);
        has_failed = bad_has_failed();
        CHECK(has_failed || durable == 121);
        bad_never();
        file_path = path;
        check_story(durable, trimmed);
        if (test_has_failed())
            fprintf(stderr, "... when call %lld failed\n", (long long)n);
        folder_empty(path.text);
        rmdir(path.text);
    }
}

TEST(when_any_call_fails_once_nothing_durable_is_lost)
{
    fail_each_call(FAULT_ONCE, false);
}

TEST(when_all_calls_fail_from_one_on_nothing_durable_is_lost)
{
    fail_each_call(FAULT_ALL, false);
}

TEST(when_any_write_is_short_nothing_durable_is_lost)
{
    fail_each_call(FAULT_SHORT, false);
}

TEST(when_any_write_fails_half_done_nothing_durable_is_lost)
{
    fail_each_call(FAULT_HALF, false);
}

/* A disk that cannot be read is not a log that is torn: the claim fails and changes
 * nothing, and the next one finds everything. */
TEST(when_any_read_fails_it_is_no_torn_tail)
{
    bool has_failed = true;

    for (i64 n = 0; has_failed && !test_has_failed(); n++) {
        struct err err = {0};
        struct log *l = filled(&(struct kept){.open = file_open}, 60);
        struct path path = file_path;
        log_close(l);
        bad_at(FAULT_ONCE, n);
        atomic_store(&bad.reads, true);
        l = log_file_open_on(&bad_disk, path.text, &small, &err);
        if (l && log_claim(l, &err))
            CHECK_INT(l->durable, 61);
        else
            CHECK_INT(err.code, ERR_IO);
        log_close(l);
        has_failed = bad_has_failed();
        bad_never();
        l = claimed(open_at(path));
        CHECK_INT(l->durable, 61);
        check_entries(l, 1, 61);
        log_close(l);
        folder_empty(path.text);
        rmdir(path.text);
    }
}

TEST(after_a_failed_write_nothing_is_written_behind_it)
{
    for (i64 n = 0; n < 4; n++) { /* write and sync of two frames */
        struct log *l = quiet(claimed(file_open()));
        struct err err = {0};
        append_many(l, 40);
        bad_at(n % 2 ? FAULT_ONCE : FAULT_HALF, n);
        CHECK(!make_durable(l, &err));
        CHECK_INT(l->durable, 1 + n / 2 * 8);
        u64 durable = l->durable;
        log_close(l);
        bad_never();
        l = claimed(open_at(file_path));
        CHECK(l->durable >= durable);
        check_entries(l, 1, l->durable);
        log_close(l);
    }
}

/* A frame whose sync failed stands in memory for all to read, but not on the disk. Nor
 * is one on the disk that was written by a process that died before the sync. The claim
 * must take neither for durable as it finds it. The segment is full then, so that the
 * frame of the claim itself goes to another file. */
static void claim_twice(bool is_failed)
{
    struct log *l = quiet(filled(&(struct kept){.open = file_open}, 16)); /* 2 frames */
    struct prng p = {9};
    struct err err = {0};

    power.is_on = true;
    bad_at(is_failed ? FAULT_ONCE : FAULT_ALL, 1);
    append_many(l, 3);
    CHECK(!make_durable(l, &err));
    bad_at(FAULT_ALL, 0);
    log_close(l);
    bad_never();
    for (size_t i = 0; !is_failed && i < power.count; i++)
        power.pieces[i].is_lost = false; /* no sync was tried */
    l = claimed(open_at(file_path));
    u64 durable = l->durable;
    CHECK_INT(durable, is_failed ? 17 : 20);
    bad_at(FAULT_ALL, 0);
    log_close(l);
    power_cut(file_path.text, &p);
    bad_never();
    l = claimed(open_at(file_path));
    CHECK_INT(l->durable, durable);
    check_entries(l, 1, durable);
    log_close(l);
}

TEST(a_frame_whose_sync_failed_is_not_believed)
{
    claim_twice(true);
}

TEST(a_frame_that_nobody_synced_is_synced_before_it_is_believed)
{
    claim_twice(false);
}

/* The power goes at each call in turn, with several outcomes each. */
TEST(when_the_power_goes_nothing_durable_is_lost)
{
    bool has_failed = true;

    for (i64 n = 0; has_failed && !test_has_failed(); n++) {
        struct prng p = {(u64)n};
        struct path path = folder_new();
        struct err err = {0};
        u64 durable = 1, trimmed = 1;
        bad_at(FAULT_ALL, n / 4);
        power.is_on = true;
        struct log *l = log_file_open_on(&bad_disk, path.text, &small, &err);
        if (l)
            durable = story(l, &trimmed);
        log_close(l);
        has_failed = bad_has_failed();
        power_cut(path.text, &p);
        bad_never();
        file_path = path;
        check_story(durable, trimmed);
        if (test_has_failed())
            fprintf(stderr, "... in round %lld\n", (long long)n);
        folder_empty(path.text);
        rmdir(path.text);
    }
}

/* ---- file: filling ahead --------------------------------------------------------- */

/* A writer with nobody else at work, so that it can be seen what it does when. It fills
 * two blocks at once. */
static void writer_begin(struct writer *w, struct store *s, const char *folder)
{
    struct err err = {0};
    struct recovered found;
    u64 stored;

    *w = (struct writer){.spare = 1};
    must(store_open(s, folder, &disk_real, 32 * FRAME_BLOCK, &err));
    must(recover(s, &found, &err));
    must(writer_open(w, s, &found, &err));
    must(writer_put(w, FRAME_EPOCH, 0, STR(""), &stored, &err));
}

static void writer_end(struct writer *w, struct store *s)
{
    writer_close(w);
    store_close(s);
}

static i64 blocks_on_disk(const char *folder, const char *name)
{
    struct stat st;

    must(stat(path_in(folder, name).text, &st) == 0);
    return (i64)st.st_blocks * 512 / FRAME_BLOCK;
}

TEST(a_new_folder_is_claimed_with_a_part_of_its_first_segment)
{
    struct path path = folder_new();
    struct writer w;
    struct store s;

    writer_begin(&w, &s, path.text);
    CHECK_INT(w.newest, 1);
    CHECK_INT(w.last, 1); /* no spare one yet */
    CHECK_INT(w.hole, 2 * FRAME_BLOCK);
    CHECK(blocks_on_disk(path.text, "000000000001.log") < 32);
    writer_end(&w, &s);
}

TEST(what_is_filled_survives_and_the_rest_is_filled_after_the_next_claim)
{
    struct path path = folder_new();
    struct writer w;
    struct store s;

    writer_begin(&w, &s, path.text);
    for (int i = 0; i < 4; i++)
        writer_chore(&w);
    writer_end(&w, &s);
    writer_begin(&w, &s, path.text);
    CHECK_INT(w.at, 2 * FRAME_BLOCK);
    CHECK_INT(w.hole, 10 * FRAME_BLOCK);
    while (writer_has_chores(&w))
        writer_chore(&w);
    CHECK_INT(w.hole, 32 * FRAME_BLOCK);
    CHECK_INT(w.last, 2);
    CHECK(blocks_on_disk(path.text, "000000000001.log") >= 32);
    CHECK(blocks_on_disk(path.text, "000000000002.log") >= 32);
    writer_end(&w, &s);
}

/* Each frame here takes one block. */
TEST(frames_in_a_row_find_their_blocks_filled)
{
    struct path path = folder_new();
    struct writer w;
    struct store s;
    struct err err = {0};
    u64 stored;

    writer_begin(&w, &s, path.text);
    for (int i = 0; i < 80; i++) {
        writer_keep_ahead(&w);
        CHECK(w.hole > w.at || w.last > w.newest);
        CHECK(writer_put(&w, 0, 0, STR(""), &stored, &err));
        CHECK_INT(stored, FRAME_BLOCK);
    }
    CHECK_INT(w.newest, 3);
    writer_end(&w, &s);
    writer_begin(&w, &s, path.text);
    CHECK_INT(w.chain.serial, 82);
    writer_end(&w, &s);
}

/* ---- file: a reader in another thread -------------------------------------------- */

static _Atomic u64 published,
    trimmed_to; /* durable and first, as a follower sees them */

static void *follow_to_the_end(void *log)
{
    const struct log *l = log;
    struct err err = {0};
    struct log_entry entry;
    struct log_cursor *c = log_follow(l, 1, &err);
    u64 number = 1;

    while (c && number <= 2000) {
        enum log_next next = log_read(c, atomic_load(&published), &entry, &err);
        if (next == LOG_FAILED)
            break;
        if (next == LOG_ENTRY && entry.number == number &&
            str_equal(entry.bytes, entry_text(number)))
            number++;
    }
    log_unfollow(c);
    return number == 2001 ? log : NULL;
}

TEST(a_reader_in_another_thread_sees_each_entry_once)
{
    struct log *l = claimed(file_open());
    struct err err = {0};
    pthread_t reader;
    void *is_good;

    atomic_store(&published, 1);
    must(pthread_create(&reader, NULL, follow_to_the_end, l) == 0);
    while (l->tail <= 2000) {
        append_many(l, 5);
        CHECK(pump_and_wait(l, &err));
        atomic_store(&published, l->durable);
    }
    CHECK(make_durable(l, &err));
    atomic_store(&published, l->durable);
    pthread_join(reader, &is_good);
    CHECK(is_good);
    log_close(l);
}

/* What is behind the trim a follower may miss, but it never sees a wrong entry. */
static void *follow_what_is_left(void *log)
{
    struct err err = {0};
    struct log_entry entry;
    u64 seen = 0;

    while (seen < 3000) {
        u64 first = atomic_load(&trimmed_to);
        struct log_cursor *c = log_follow(log, first > seen ? first : seen + 1, &err);
        enum log_next next = c ? LOG_END : LOG_FAILED;
        while (next != LOG_FAILED && seen < 3000) {
            next = log_read(c, atomic_load(&published), &entry, &err);
            if (next != LOG_ENTRY)
                continue;
            if (!str_equal(entry.bytes, entry_text(entry.number)) ||
                entry.number <= seen)
                return NULL;
            seen = entry.number;
        }
        log_unfollow(c);
        if (next == LOG_FAILED && err.code != ERR_LIMIT)
            return NULL;
    }
    return log;
}

TEST(a_reader_in_another_thread_never_sees_a_wrong_entry_while_files_are_recycled)
{
    struct log *l = claimed(file_open());
    struct err err = {0};
    pthread_t reader;
    void *is_good;

    append_many(l, 1);
    CHECK(make_durable(l, &err));
    atomic_store(&published, l->durable);
    atomic_store(&trimmed_to, l->first);
    must(pthread_create(&reader, NULL, follow_what_is_left, l) == 0);
    while (l->tail <= 3000) {
        append_many(l, 8);
        CHECK(pump_and_wait(l, &err));
        CHECK(log_trim(l, l->durable, &err));
        atomic_store(&published, l->durable);
        atomic_store(&trimmed_to, l->first);
    }
    append_many(l, 1); /* behind the last trim: when it is durable, that is done */
    CHECK(make_durable(l, &err));
    atomic_store(&trimmed_to, l->first);
    atomic_store(&published, l->durable);
    pthread_join(reader, &is_good);
    CHECK(is_good);
    log_close(l);
}

/* ---- the corpus of the fuzz target ----------------------------------------------- */

TEST(the_frame_decoder_survives_its_corpus)
{
    static char bytes[FILE_MOST];
    DIR *list = opendir("t/fuzz/corpus/log");
    int count = 0;

    CHECK(list);
    for (struct dirent *e; list && (e = readdir(list));) {
        if (e->d_name[0] == '.')
            continue;
        size_t len = file_load(path_in("t/fuzz/corpus/log", e->d_name).text, bytes);
        fuzz_one((const u8 *)bytes, len);
        count++;
    }
    CHECK(count > 0);
    if (list)
        closedir(list);
}
