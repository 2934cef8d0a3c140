#include "cli/data.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "cli/history.h"
#include "cli/server.h"
#include "cli/watch.h"
#include "cli/zone.h"

#define MARK   DATA_MARK
#define FORMAT DATA_FORMAT

struct data {
    u32 count;
    struct log **logs;
    struct vault **vaults; /* NULL: kept in memory only */
    struct node **nodes;
    struct zones **zones; /* one a partition, since its thread alone may use it */
    struct view *view;
    struct zones *view_zones; /* likewise */
    struct view_follower *follower;
    struct node_hold *holds; /* owned: what the view has not taken yet */
    i64 started;
};

/* ---- the directory --------------------------------------------------------------- */

/* A mark that was begun beside its place counts as nothing: the start that wrote it was
 * killed there, and the next one writes it again. */
static bool is_empty(const char *folder)
{
    DIR *d = opendir(folder);
    bool empty = true;

    for (struct dirent *e; d && (e = readdir(d));)
        if (strcmp(e->d_name, ".") != 0 && strcmp(e->d_name, "..") != 0 &&
            strcmp(e->d_name, MARK ".new") != 0)
            empty = false;
    if (d)
        closedir(d);
    return empty;
}

bool data_mark_read(const char *folder, struct data_mark *out)
{
    char path[4096], text[128];

    snprintf(path, sizeof(path), "%s/" MARK, folder);
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return false;
    ssize_t len = read(fd, text, sizeof(text) - 1);
    close(fd);
    text[len > 0 ? len : 0] = '\0';
    *out = (struct data_mark){0};
    return sscanf(text, "fermata data, format %u, partitions %u, made by %31s",
                  &out->format, &out->partitions, out->release) >= 2;
}

bool data_mark_check(const char *folder, const struct data_mark *mark, struct err *err)
{
    if (mark->format > FORMAT)
        return err_set(err, ERR_CORRUPT,
                       "the data directory %s was written by a newer release (format "
                       "%u, this one knows %d); start that one",
                       folder, mark->format, FORMAT);
    if (mark->format > 0 && mark->partitions > 0 && mark->partitions <= PARTITIONS_MOST)
        return true;
    return err_set(err, ERR_CORRUPT,
                   "%s/" MARK ": damaged: format %u and %u partitions cannot be; "
                   "restore it from a backup",
                   folder, mark->format, mark->partitions);
}

bool data_sync(const char *folder)
{
    int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    bool is_good = fd >= 0 && fsync(fd) == 0;

    if (fd >= 0)
        close(fd);
    return is_good;
}

/* Written beside and renamed, so that it is there whole or not at all. */
bool data_mark_write(const char *folder, u32 partitions, struct err *err)
{
    char path[4096], beside[4096], text[128];

    snprintf(path, sizeof(path), "%s/" MARK, folder);
    snprintf(beside, sizeof(beside), "%s/" MARK ".new", folder);
    int len = snprintf(text, sizeof(text),
                       "fermata data, format %d, partitions %u, made by " VERSION "\n",
                       FORMAT, partitions);
    int fd = open(beside, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    bool is_good = fd >= 0 && write(fd, text, (size_t)len) == len && fsync(fd) == 0;
    if (fd >= 0)
        close(fd);
    if (is_good && rename(beside, path) == 0 && data_sync(folder))
        return true;
    return err_set(err, ERR_IO, "the data directory %s cannot be written: %s", folder,
                   strerror(errno));
}

/* Ours, or nobody's; of this format or an older one; with as many partitions as are
 * wanted. `needs_mark`: it has none, or one of an older format, whose releases must not
 * open it any more. */
static bool folder_check(const char *folder, i64 partitions, bool *needs_mark,
                         struct err *err)
{
    struct stat st;
    struct data_mark mark;

    *needs_mark = true;
    if (stat(folder, &st) != 0)
        return errno == ENOENT ||
               err_set(err, ERR_IO, "the data directory %s cannot be opened: %s",
                       folder, strerror(errno));
    if (!S_ISDIR(st.st_mode))
        return err_set(err, ERR_IO, "the data directory %s is a file", folder);
    if (access(folder, R_OK | W_OK | X_OK) != 0)
        return err_set(err, ERR_IO, "the data directory %s cannot be written: %s",
                       folder, strerror(errno));
    if (!data_mark_read(folder, &mark)) {
        if (is_empty(folder))
            return true;
        return err_set(
            err, ERR_CORRUPT,
            "the directory %s is not empty and fermata did not write it; name "
            "another one with --data",
            folder);
    }
    *needs_mark = mark.format < FORMAT;
    if (!data_mark_check(folder, &mark, err))
        return false;
    return mark.partitions == partitions ||
           err_set(err, ERR_SYNTAX,
                   "the data directory %s has %u partitions; start with --partitions "
                   "%u",
                   folder, mark.partitions, mark.partitions);
}

static bool folder_open(const char *folder, i64 partitions, struct err *err)
{
    bool needs_mark;

    if (!folder_check(folder, partitions, &needs_mark, err))
        return false;
    if (!needs_mark)
        return true;
    if (mkdir(folder, 0777) != 0 && errno != EEXIST)
        return err_set(err, ERR_IO, "the data directory %s cannot be made: %s", folder,
                       strerror(errno));
    return data_mark_write(folder, (u32)partitions, err);
}

/* ---- partitions
 * -----------------------------------------------------------------------------------
 */

static void progress(void *ctx, const char *what, u64 done, u64 all)
{
    struct data *d = ctx;
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    if (t.tv_sec > d->started) {
        say(SAY_INFO, "reading what is there: %llu of %llu %s",
            (unsigned long long)done, (unsigned long long)all, what);
        d->started = t.tv_sec;
    }
}

static struct log *log_of(const struct options *o, u32 partition, struct err *err)
{
    struct log_file_options options = log_file_options_default;
    char path[4096];

    if (o->ephemeral)
        return log_mem_open(&(struct log_mem_options){.keep = true});
    options.sync_delay_us = (u32)o->sync_delay_us;
    snprintf(path, sizeof(path), "%s/partition-%u", o->data, partition);
    return log_file_open(path, &options, err);
}

static struct vault *vault_of(const struct options *o, u32 partition, struct err *err)
{
    char path[4096];

    snprintf(path, sizeof(path), "%s/vault-%u", o->data, partition);
    return vault_lmdb_open(path, err);
}

/* Of the memory that the process may have, rows get three tenths: as much again may be
 * needed for the wake index of what is cold, and the rest is everybody else's. */
static bool rows_memory(const struct options *o, u64 *bytes, struct err *err)
{
    bool is_good = memory_limit(o, bytes, err);

    *bytes = *bytes / 10 * 3 / (u64)o->partitions;
    return is_good;
}

static bool partition_open(struct data *d, const struct options *o, u32 i,
                           struct err *err)
{
    struct node_options options = node_options_default;

    if (!rows_memory(o, &options.memory, err))
        return false;
    d->logs[i] = log_of(o, i + 1, err);
    if (!d->logs[i] || !log_claim(d->logs[i], err))
        return false;
    if (!o->ephemeral && !(d->vaults[i] = vault_of(o, i + 1, err)))
        return false;
    options.vault = d->vaults[i];
    options.checkpoint_bytes = (u64)o->checkpoint_bytes;
    options.engine = engine_options_default;
    options.engine.partition = i + 1;
    options.engine.partitions = d->count;
    d->zones[i] = zones_open(zone_file, NULL);
    options.engine.zones = d->zones[i];
    options.engine.unique_business_ids = o->unique_business_ids;
    d->nodes[i] = node_open(&options, d->logs[i]);
    if (o->ephemeral)
        return true;
    return node_recover(d->nodes[i], progress, d, err);
}

/* ---- the searchable copy ----------------------------------------------------------
 */

/* A moment of so many days, hours or minutes: 30d, 12h, 90m. */
static bool ttl_read(const char *text, i64 *ms, struct err *err)
{
    static const struct {
        char unit;
        i64 ms;
    } units[] = {{'d', 86400000}, {'h', 3600000}, {'m', 60000}, {'s', 1000}};
    struct str number = {text, strlen(text) ? strlen(text) - 1 : 0};

    *ms = 0;
    if (strcmp(text, "off") == 0)
        return true;
    for (size_t i = 0; i < LEN(units); i++)
        if (number.len && text[number.len] == units[i].unit && str_to_i64(number, ms) &&
            *ms > 0 && *ms < 1000000) {
            *ms *= units[i].ms;
            return true;
        }
    return err_set(
        err, ERR_SYNTAX,
        "--history-ttl is off, or a number of days, hours, minutes or seconds "
        "like 30d, 12h, 90m or 60s, not '%s'",
        text);
}

static bool view_start(struct data *d, const struct options *o, struct err *err)
{
    struct history h;

    d->view_zones = zones_open(zone_file, NULL);
    if (!history_find(&h, o->ephemeral ? NULL : o->data, o->history, d->count,
                      d->view_zones, err) ||
        !ttl_read(o->history_ttl, &h.options.history_ms, err))
        return false;
    d->view = history_open(&h, d->logs, d->vaults, err);
    if (!d->view)
        return false;
    d->follower = view_follow(d->view, d->logs, d->count, true, err);
    if (!d->follower)
        return false;
    d->holds = must_alloc(d->count * sizeof(*d->holds));
    for (u32 i = 0; i < d->count; i++)
        node_hold(d->nodes[i], &d->holds[i], view_committed(d->follower, i + 1));
    return true;
}

struct data *data_open(const struct options *o, struct err *err)
{
    struct data *d = must_alloc(sizeof(*d));
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    d->started = t.tv_sec + 1;
    d->count = (u32)o->partitions;
    d->logs = must_alloc(d->count * sizeof(*d->logs));
    d->vaults = must_alloc(d->count * sizeof(*d->vaults));
    d->nodes = must_alloc(d->count * sizeof(*d->nodes));
    d->zones = must_alloc(d->count * sizeof(struct zones *));
    bool is_good = o->ephemeral || folder_open(o->data, o->partitions, err);
    for (u32 i = 0; is_good && i < d->count; i++)
        is_good = partition_open(d, o, i, err);
    is_good = is_good && view_start(d, o, err);
    if (!is_good) {
        data_close(d);
        return NULL;
    }
    return d;
}

void data_close(struct data *d)
{
    if (!d)
        return;
    view_unfollow(d->follower);
    view_close(d->view);
    zones_close(d->view_zones);
    for (u32 i = 0; i < d->count; i++) {
        node_close(d->nodes[i]);
        vault_close(d->vaults[i]);
        log_close(d->logs[i]);
        zones_close(d->zones[i]);
    }
    free(d->zones);
    free(d->nodes);
    free(d->vaults);
    free(d->holds);
    free(d->logs);
    free(d);
}

struct node **data_nodes(struct data *d, u32 *count)
{
    *count = d->count;
    return d->nodes;
}

struct view_follower *data_view(struct data *d)
{
    return d->follower;
}

void data_view_moved(struct data *d)
{
    for (u32 i = 0; i < d->count; i++)
        atomic_store(&d->holds[i].at, view_committed(d->follower, i + 1));
}

int data_wake_fd(const struct data *d, u32 i)
{
    return log_wake_fd(d->logs[i]);
}

int data_vault_fd(const struct data *d, u32 i)
{
    return d->vaults[i] ? vault_wake_fd(d->vaults[i]) : -1;
}

u32 data_boot(const struct data *d)
{
    return (u32)d->logs[0]->epoch;
}
