#include "cli/history.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/random.h>
#include <unistd.h>

#include "cli/data.h"
#include "cli/server.h"
#include "state/pack.h"

/* ---- where it is ------------------------------------------------------------------
 */

static bool owner_read(const char *path, char out[40])
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    ssize_t len = fd >= 0 ? read(fd, out, 39) : 0;

    if (fd >= 0)
        close(fd);
    out[len > 0 ? len : 0] = '\0';
    out[strcspn(out, "\n")] = '\0';
    return strlen(out) == 32;
}

static bool owner_draw(const char *path, char out[40], struct err *err)
{
    u64 drawn[2];

    if (getrandom(drawn, sizeof(drawn), 0) != sizeof(drawn))
        return err_set(err, ERR_IO, "no random number: %s", strerror(errno));
    snprintf(out, 40, "%016llx%016llx", (unsigned long long)drawn[0],
             (unsigned long long)drawn[1]);
    FILE *f = fopen(path, "wx");
    bool is_good =
        f && fprintf(f, "%s\n", out) > 0 && fflush(f) == 0 && fsync(fileno(f)) == 0;
    if (f)
        fclose(f);
    return is_good ||
           err_set(err, ERR_IO, "%s cannot be written: %s", path, strerror(errno));
}

static bool owner_find(struct history *h, struct err *err)
{
    char path[4200];

    snprintf(path, sizeof(path), "%s/" HISTORY_OWNER, h->folder);
    if (owner_read(path, h->owner))
        return true;
    unlink(path); /* a start that was killed in writing it */
    return owner_draw(path, h->owner, err) &&
           (data_sync(h->folder) || err_set(err, ERR_IO, "%s cannot be synced: %s",
                                            h->folder, strerror(errno)));
}

bool history_find(struct history *h, const char *folder, const char *url,
                  u32 partitions, struct zones *zones, struct err *err)
{
    *h = (struct history){.folder = folder, .options = view_options_default};
    h->options.place = h->place;
    h->options.partitions = partitions;
    h->options.zones = zones;
    if (!url[0]) {
        snprintf(h->place, sizeof(h->place),
                 folder ? "%s/" HISTORY_FILE : ":memory:", folder);
        snprintf(h->name, sizeof(h->name), "%s", h->place);
        return true;
    }
    if (!folder)
        return err_set(err, ERR_SYNTAX,
                       "--ephemeral keeps everything in memory, and --history in a "
                       "database; give one of them");
    if (!view_is_shared(url) || strlen(url) >= sizeof(h->place))
        return err_set(err, ERR_SYNTAX,
                       "--history takes postgres://USER:PASSWORD@HOST:PORT/DATABASE, "
                       "not '%.60s'; without it the history is a file in the data "
                       "directory",
                       url);
    snprintf(h->place, sizeof(h->place), "%s", url);
    view_place_name(url, h->name, sizeof(h->name));
    h->options.owner = h->owner;
    h->options.waits = true;
    return owner_find(h, err);
}

static bool is_file(const struct history *h)
{
    return !h->owner[0];
}

static void file_remove(const char *place)
{
    static const char *const ends[] = {"", "-wal", "-shm", "-journal"};
    char path[4200];

    for (size_t i = 0; i < LEN(ends); i++) {
        snprintf(path, sizeof(path), "%s%s", place, ends[i]);
        unlink(path);
    }
}

/* ---- from a checkpoint -------------------------------------------------------------
 */

static bool part_retell(struct view *v, u32 partition, struct vault *vault,
                        struct err *err)
{
    struct state *s = state_open();
    bool is_good = state_load(s, vault, NULL, NULL, err) &&
                   state_thaw_all(s, vault, err) &&
                   view_retell(v, partition, s, vault->position, err);

    state_close(s);
    return is_good;
}

/* Nothing of the partition was taken, and the log does not have its beginning any more.
 */
static bool needs_retelling(const struct view *v, u32 partition, const struct log *log)
{
    return view_position(v, partition) == 1 && log->first > 1;
}

static bool part_begin(struct view *v, u32 partition, const struct log *log,
                       struct vault *vault, struct err *err)
{
    if (!needs_retelling(v, partition, log))
        return true;
    if (!vault || !vault->position)
        return err_set(err, ERR_CORRUPT,
                       "the log of partition %u begins at entry %llu, and there is no "
                       "checkpoint",
                       partition, (unsigned long long)log->first);
    if (!part_retell(v, partition, vault, err) || !view_commit(v, err))
        return false;
    say(SAY_WARN,
        "the history of partition %u begins at entry %llu: it was made again from the "
        "checkpoint there, and what had ended before is not in it",
        partition, (unsigned long long)vault->position);
    return true;
}

/* ---- opening ------------------------------------------------------------------------
 */

static bool all_fit(const struct view *v, struct log *const *logs, struct err *err)
{
    for (u32 i = 0; i < view_partitions(v); i++)
        if (!needs_retelling(v, i + 1, logs[i]) &&
            !view_fits(v, i + 1, logs[i], logs[i]->durable, err))
            return false;
    return true;
}

static struct view *open_fitting(const struct history *h, struct log *const *logs,
                                 struct err *err)
{
    struct view *v = view_open(&h->options, err);

    if (!v || view_is_lost(v, err) || all_fit(v, logs, err))
        return v;
    view_close(v);
    if (!is_file(h))
        err_in(
            err,
            "the history in %s cannot go on with this data directory; `fermata "
            "rebuild-view --history ...` makes it again, or name another database or "
            "schema",
            h->name);
    err->code = ERR_CORRUPT;
    return NULL;
}

struct view *history_open(const struct history *h, struct log *const *logs,
                          struct vault *const *vaults, struct err *err)
{
    struct view *v = open_fitting(h, logs, err);

    if (!v && is_file(h) && err->code == ERR_CORRUPT) {
        say(SAY_WARN, "the searchable view cannot be used and is made again: %s",
            err->text);
        file_remove(h->place);
        v = open_fitting(h, logs, err);
    }
    if (v && view_is_lost(v, err)) {
        say(SAY_WARN, "%s; it is asked again until it answers", err->text);
        return v;
    }
    for (u32 i = 0; v && i < view_partitions(v); i++)
        if (!part_begin(v, i + 1, logs[i], vaults[i], err)) {
            view_close(v);
            v = NULL;
        }
    return v;
}

/* ---- making it again ----------------------------------------------------------------
 */

static bool log_replay(struct view *v, struct log *log, u32 partition, u64 *entries,
                       struct err *err)
{
    u64 at = view_position(v, partition);
    struct log_cursor *c = at < log->durable ? log_follow(log, at, err) : NULL;
    enum log_next next = LOG_ENTRY;
    struct log_entry entry;

    if (at >= log->durable)
        return true;
    while (c && (next = log_read(c, log->durable, &entry, err)) == LOG_ENTRY) {
        if (!view_take(v, partition, &entry, err))
            next = LOG_FAILED;
        else if (++*entries % 10000 == 0 && !view_commit(v, err))
            next = LOG_FAILED;
        if (next == LOG_FAILED)
            break;
    }
    log_unfollow(c);
    return c && next == LOG_END;
}

static struct vault *vault_of(const char *folder, u32 partition, struct err *err)
{
    char path[4200];

    snprintf(path, sizeof(path), "%s/vault-%u", folder, partition);
    return vault_lmdb_open(path, err);
}

static bool part_replay(struct view *v, const struct history *h, u32 partition,
                        struct history_rebuilt *out, struct err *err)
{
    struct vault *vault = NULL;
    char path[4200];

    snprintf(path, sizeof(path), "%s/partition-%u", h->folder, partition);
    struct log *log = log_file_open(path, &log_file_options_default, err);
    bool is_good = log && log_claim(log, err);
    if (is_good && needs_retelling(v, partition, log)) {
        vault = vault_of(h->folder, partition, err);
        is_good = vault && part_begin(v, partition, log, vault, err);
    }
    out->is_partial = out->is_partial || view_begins(v, partition) > 1;
    is_good = is_good && log_replay(v, log, partition, &out->entries, err);
    vault_close(vault);
    log_close(log);
    return is_good;
}

static bool view_fill(const struct history *h, const struct view_options *options,
                      struct history_rebuilt *out, struct err *err)
{
    struct view *v = view_open(options, err);
    bool is_good = v != NULL;

    for (u32 i = 0; is_good && i < options->partitions; i++)
        is_good = part_replay(v, h, i + 1, out, err);
    is_good = is_good && view_commit(v, err) && view_hash(v, &out->hash, err);
    view_close(v);
    return is_good;
}

/* Beside its place, in a file, whatever the place is. */
static bool beside_fill(const struct history *h, char beside[4200],
                        struct history_rebuilt *out, struct err *err)
{
    struct view_options options = h->options;

    snprintf(beside, 4200, "%s/view.new", h->folder);
    file_remove(beside);
    options.place = beside;
    options.owner = NULL;
    return view_fill(h, &options, out, err);
}

static bool file_rebuild(const struct history *h, struct history_rebuilt *out,
                         struct err *err)
{
    char beside[4200];

    if (!beside_fill(h, beside, out, err)) {
        file_remove(beside);
        return false;
    }
    file_remove(h->place);
    return rename(beside, h->place) == 0 ||
           err_set(err, ERR_IO, "%s cannot become %s: %s", beside, h->place,
                   strerror(errno));
}

/* In its place: stopped on the way, the next start goes on with the rest. */
static bool server_rebuild(const struct history *h, struct history_rebuilt *out,
                           struct err *err)
{
    struct view_options options = h->options;

    options.owner = NULL;
    if (!view_clear(&options, err))
        return false;
    options.owner = h->owner;
    return view_fill(h, &options, out, err);
}

/* The copy that is there, brought up to the end of the log first. */
static bool history_compare(const struct history *h, struct history_rebuilt *out,
                            struct err *err)
{
    struct history_rebuilt there = {0};
    char beside[4200];

    bool is_good = beside_fill(h, beside, out, err);
    file_remove(beside);
    if (is_good && out->is_partial)
        return err_set(err, ERR_LIMIT,
                       "a log does not have its beginning any more: what ended before "
                       "is in the view that is there alone, and nothing can be held "
                       "against it");
    is_good = is_good && view_fill(h, &h->options, &there, err);
    out->before = there.hash;
    return is_good;
}

bool history_rebuild(struct history *h, bool keeps, struct history_rebuilt *out,
                     struct err *err)
{
    *out = (struct history_rebuilt){0};
    h->options.waits = false;
    if (keeps)
        return history_compare(h, out, err);
    return is_file(h) ? file_rebuild(h, out, err) : server_rebuild(h, out, err);
}
