#include "cli/folder.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/files.h"
#include "cli/manifest.h"

static bool part_look(struct folder *f, const char *path, u32 number, struct err *err)
{
    struct folder_part *part = &f->parts[f->count];

    part->number = number;
    snprintf(part->path, sizeof(part->path), "%s", path);
    part->log = log_look_open(path, err);
    if (!part->log)
        return false;
    f->count++;
    return true;
}

static bool parts_look(struct folder *f, struct err *err)
{
    f->parts = must_alloc(f->mark.partitions * sizeof(*f->parts));
    for (u32 i = 1; i <= f->mark.partitions; i++) {
        char path[4096];
        snprintf(path, sizeof(path), "%s/partition-%u", f->path, i);
        if (!part_look(f, path, i, err))
            return false;
    }
    return true;
}

static bool file_is_there(const char *folder, const char *name)
{
    char path[4096];
    struct stat st;

    snprintf(path, sizeof(path), "%s/%s", folder, name);
    return stat(path, &st) == 0;
}

/* partition-7 is the seventh; under any other name it is the first. */
static u32 part_number(const char *path)
{
    const char *at = strstr(path, "partition-");
    unsigned number = 1;

    if (!at || sscanf(at, "partition-%u", &number) != 1 || number == 0)
        return 1;
    return number;
}

static bool folder_is_nothing(const char *path, struct err *err)
{
    struct stat st;

    if (stat(path, &st) != 0)
        return err_set(err, ERR_IO, "%s cannot be opened: %s", path, strerror(errno));
    if (!S_ISDIR(st.st_mode))
        return err_set(err, ERR_IO, "%s is a file; name a data directory", path);
    if (file_is_there(path, "partition-1"))
        return err_set(err, ERR_CORRUPT,
                       "%s has partitions, but neither " DATA_MARK " nor " MANIFEST
                       ": a backup or a restore was interrupted; remove it and "
                       "begin again",
                       path);
    return err_set(
        err, ERR_CORRUPT,
        "%s is no data directory of fermata: it has neither a file " DATA_MARK
        " nor the log of a partition",
        path);
}

static bool folder_fill(struct folder *f, struct err *err)
{
    if (data_mark_read(f->path, &f->mark)) {
        if (!data_mark_check(f->path, &f->mark, err))
            return false;
        return parts_look(f, err);
    }
    f->is_backup = manifest_read(f->path, &f->mark.partitions);
    if (f->is_backup)
        return parts_look(f, err);
    f->is_part = true;
    f->parts = must_alloc(sizeof(*f->parts));
    if (file_is_there(f->path, "format"))
        return part_look(f, f->path, part_number(f->path), err);
    return folder_is_nothing(f->path, err);
}

bool folder_look(const char *path, struct folder *out, struct err *err)
{
    *out = (struct folder){.path = path};
    if (folder_fill(out, err))
        return true;
    folder_leave(out);
    return false;
}

bool folder_look_parts(const char *path, u32 partitions, struct folder *out,
                       struct err *err)
{
    *out = (struct folder){.path = path, .mark.partitions = partitions};
    if (parts_look(out, err))
        return true;
    folder_leave(out);
    return false;
}

void folder_leave(struct folder *f)
{
    for (u32 i = 0; i < f->count; i++)
        log_close(f->parts[i].log);
    free(f->parts);
    f->parts = NULL;
    f->count = 0;
}

bool part_walk(const struct folder_part *p, u64 from, u64 to,
               bool (*take)(void *ctx, const struct log_entry *entry, struct err *err),
               void *ctx, struct err *err)
{
    enum log_next next = LOG_END;
    struct log_entry entry;

    if (from >= to)
        return true;
    struct log_cursor *c = log_follow(p->log, from, err);
    while (c && (next = log_read(c, to, &entry, err)) == LOG_ENTRY)
        if (!take(ctx, &entry, err)) {
            err_in(err, "%s: entry %llu", p->path, (unsigned long long)entry.number);
            next = LOG_FAILED;
            break;
        }
    log_unfollow(c);
    return c && next == LOG_END;
}

bool folder_is_used(const struct folder *f)
{
    for (u32 i = 0; i < f->count; i++)
        if (log_look_facts(f->parts[i].log).is_used)
            return true;
    return false;
}

/* ---- checkpoints -------------------------------------------------------------------
 */

/* Checkpoints are seldom made, and a copy that was caught in the middle of one is found
 * out by its sums. */
enum { REPLAYS_MOST = 5 };

static void vault_path(char *to, size_t size, const char *folder, u32 number,
                       const char *name)
{
    snprintf(to, size, "%s/" VAULT_FOLDER "%u%s", folder, number, name);
}

bool vault_copy(const char *from, const char *to, u32 number, struct err *err)
{
    char a[4096], b[4096];

    vault_path(a, sizeof(a), from, number, VAULT_FILE);
    vault_path(b, sizeof(b), to, number, "");
    *err = (struct err){0};
    if (access(a, F_OK) != 0)
        return true;
    if (mkdir(b, 0750) != 0 && errno != EEXIST)
        return err_set(err, ERR_IO, "%s cannot be made: %s", b, strerror(errno));
    vault_path(b, sizeof(b), to, number, VAULT_FILE);
    if (!file_copy(a, b, err))
        return err->code == ERR_NONE; /* it has gone meanwhile */
    vault_path(b, sizeof(b), to, number, "");
    return data_sync(b) ||
           err_set(err, ERR_IO, "%s cannot be synced: %s", b, strerror(errno));
}

/* A scratch folder with a copy of the part's checkpoint. */
static bool scratch_make(const struct folder *f, u32 number, struct replayed *r,
                         struct err *err)
{
    const char *where = getenv("TMPDIR");

    int len = snprintf(r->scratch, sizeof(r->scratch), "%s/fermata-XXXXXX",
                       where ? where : "/tmp");
    if (len < 0 || (size_t)len >= sizeof(r->scratch) || !mkdtemp(r->scratch)) {
        r->scratch[0] = '\0';
        return err_set(err, ERR_IO, "no scratch folder can be made in %s: %s",
                       where ? where : "/tmp", strerror(errno));
    }
    return vault_copy(f->path, r->scratch, number, err);
}

static void scratch_remove(struct replayed *r, u32 number)
{
    char path[4096];

    if (!r->scratch[0])
        return;
    vault_path(path, sizeof(path), r->scratch, number, VAULT_FILE);
    unlink(path);
    vault_path(path, sizeof(path), r->scratch, number, "");
    rmdir(path);
    rmdir(r->scratch);
}

static bool vault_take(struct replayed *r, const char *folder, u32 number,
                       struct err *err)
{
    char path[4096];

    vault_path(path, sizeof(path), folder, number, VAULT_FILE);
    if (access(path, F_OK) != 0)
        return true;
    vault_path(path, sizeof(path), folder, number, "");
    r->vault = vault_lmdb_open(path, err);
    return r->vault != NULL;
}

/* ---- replaying
 * ----------------------------------------------------------------------- */

static bool part_replay(const struct folder *f, const struct folder_part *p,
                        struct zones *zones, struct replayed *r, struct err *err)
{
    struct node_options options = node_options_default;

    options.vault = r->vault;
    options.engine = engine_options_default;
    options.engine.partition = p->number;
    options.engine.partitions = f->is_part ? p->number : f->mark.partitions;
    options.engine.zones = zones;
    r->node = node_open(&options, p->log);
    return p->log->first == p->log->durable || node_recover(r->node, NULL, NULL, err);
}

static bool part_look_again(struct folder_part *p, struct err *err)
{
    struct log *log = log_look_open(p->path, err);

    if (!log)
        return false;
    log_close(p->log);
    p->log = log;
    return true;
}

static bool part_try(struct folder *f, u32 part, struct zones *zones,
                     struct replayed *r, struct err *err)
{
    struct folder_part *p = &f->parts[part];
    bool is_used = log_look_facts(p->log).is_used;

    *r = (struct replayed){.number = p->number};
    if (f->is_part) /* a log without what lies beside it */
        return part_replay(f, p, zones, r, err);
    return scratch_make(f, p->number, r, err) &&
           vault_take(r, r->scratch, p->number, err) &&
           (!is_used || part_look_again(p, err)) && part_replay(f, p, zones, r, err);
}

bool folder_replay(struct folder *f, u32 part, const char *vaults, struct zones *zones,
                   struct replayed *out, struct err *err)
{
    struct folder_part *p = &f->parts[part];

    *out = (struct replayed){0};
    if (vaults && vault_take(out, vaults, p->number, err) &&
        part_replay(f, p, zones, out, err))
        return true;
    for (int i = 1; !vaults; i++) {
        if (part_try(f, part, zones, out, err))
            return true;
        if (i == REPLAYS_MOST || !log_look_facts(p->log).is_used)
            break;
        replayed_end(out);
    }
    replayed_end(out);
    return false;
}

void replayed_end(struct replayed *r)
{
    node_close(r->node);
    vault_close(r->vault);
    scratch_remove(r, r->number);
    *r = (struct replayed){0};
}
