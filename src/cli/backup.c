#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/closed.h"
#include "cli/desk.h"
#include "cli/files.h"
#include "cli/manifest.h"

/* Segments that a busy server has recycled under our hands: then all is copied anew. */
enum { TRIES_MOST = 5 };

/* ---- the target ------------------------------------------------------------------ */

/* There, and nothing in it; or not there yet, and made. */
static bool target_make(const char *path, struct err *err)
{
    const char *const *names;
    struct arena arena;
    size_t count = 0;
    char found[256] = "";

    if (mkdir(path, 0750) == 0)
        return true;
    if (errno != EEXIST)
        return err_set(err, ERR_IO, "%s cannot be made: %s", path, strerror(errno));
    arena_init(&arena, 4096, 1 << 24, NULL);
    bool is_read = files_list(path, &arena, &names, &count, err);
    if (is_read && count)
        snprintf(found, sizeof(found), "%s", names[0]);
    arena_free(&arena);
    if (!is_read)
        return false;
    return count == 0 || err_set(err, ERR_LIMIT,
                                 "%s is not empty (%s); name a directory that is empty "
                                 "or not there yet",
                                 path, found);
}

static void part_path(char *to, size_t size, const char *folder, u32 number)
{
    snprintf(to, size, "%s/partition-%u", folder, number);
}

static void part_remove(const char *path)
{
    const char *const *names;
    struct arena arena;
    struct err err;
    size_t count;
    char name[4608];

    arena_init(&arena, 4096, 1 << 24, NULL);
    if (files_list(path, &arena, &names, &count, &err))
        for (size_t i = 0; i < count; i++) {
            snprintf(name, sizeof(name), "%s/%s", path, names[i]);
            unlink(name);
        }
    arena_free(&arena);
    rmdir(path);
}

/* What we began, when it comes to nothing. */
static void target_clear(const char *path, u32 partitions)
{
    char name[4096];

    for (u32 i = 1; i <= partitions; i++) {
        part_path(name, sizeof(name), path, i);
        part_remove(name);
    }
    snprintf(name, sizeof(name), "%s/" DOCUMENTS_SECRET, path);
    unlink(name);
    snprintf(name, sizeof(name), "%s/" DOCUMENTS, path);
    part_remove(name);
    snprintf(name, sizeof(name), "%s/" MANIFEST ".new", path);
    unlink(name);
    rmdir(path);
}

/* ---- copying --------------------------------------------------------------------- */

static bool parts_copy(const struct folder *from, const u64 *ends, const char *to,
                       struct err *err)
{
    for (u32 i = 0; i < from->count; i++) {
        char path[4096];
        u64 next;
        part_path(path, sizeof(path), to, i + 1);
        if (!log_look_copy(from->parts[i].log, ends[i], path, &next, err))
            return false;
        if (next != ends[i])
            return err_set(err, ERR_CORRUPT, "%s: was to end at %llu, and ends at %llu",
                           path, (unsigned long long)ends[i], (unsigned long long)next);
    }
    return true;
}

static bool document_copy(const char *from, const char *to, const char *name,
                          struct err *err)
{
    char a[4608], b[4608];

    snprintf(a, sizeof(a), "%s/" DOCUMENTS "/%s", from, name);
    snprintf(b, sizeof(b), "%s/" DOCUMENTS "/%s", to, name);
    return file_copy(a, b, err) || err->code == ERR_NONE; /* deleted meanwhile */
}

static bool documents_list_copy(const char *from, const char *to, const char *path,
                                struct err *err)
{
    const char *const *names;
    struct arena arena;
    size_t count;

    arena_init(&arena, 1 << 16, (size_t)1 << 30, NULL);
    bool is_done = files_list(path, &arena, &names, &count, err) &&
                   document_copy(from, to, ".secret", err);
    for (size_t i = 0; is_done && i < count; i++)
        is_done = document_copy(from, to, names[i], err);
    arena_free(&arena);
    return is_done;
}

/* After the logs: what an entry speaks of was put there before it was written. A file
 * is there whole or not at all, and never changes. */
static bool documents_copy(const char *from, const char *to, struct err *err)
{
    char path[4096], target[4096];

    snprintf(path, sizeof(path), "%s/" DOCUMENTS, from);
    snprintf(target, sizeof(target), "%s/" DOCUMENTS, to);
    if (!files_is_folder(path))
        return true;
    if (mkdir(target, 0700) != 0)
        return err_set(err, ERR_IO, "%s cannot be made: %s", target, strerror(errno));
    if (!documents_list_copy(from, to, path, err))
        return false;
    return data_sync(target) ||
           err_set(err, ERR_IO, "%s cannot be synced: %s", target, strerror(errno));
}

static bool folder_copy(const char *from, const char *to, u32 *partitions,
                        struct err *err)
{
    struct folder f;

    if (!folder_look(from, &f, err))
        return false;
    *partitions = f.count;
    u64 *ends = must_alloc((f.count + 1) * sizeof(*ends));
    bool is_done = closed_ends(&f, ends, err) && parts_copy(&f, ends, to, err) &&
                   documents_copy(from, to, err);
    free(ends);
    folder_leave(&f);
    return is_done;
}

/* A copy that is not read again is no backup. */
static bool copy_verify(struct desk *d, struct folder *copy,
                        struct manifest_part *parts, struct verified *all,
                        struct err *err)
{
    for (u32 i = 0; i < copy->count; i++) {
        struct verified part;
        if (!verify_part(copy, i, d->zones, &part, err))
            return false;
        verified_add(all, &part);
        parts[i] = (struct manifest_part){.first = copy->parts[i].log->first,
                                          .next = copy->parts[i].log->durable,
                                          .state = part.state};
    }
    return true;
}

static bool copy_seal(struct desk *d, const char *to, u32 partitions,
                      struct verified *all, struct err *err)
{
    struct manifest_part *parts = NEW_ARRAY(&d->keep, struct manifest_part, partitions);
    struct folder copy = {0};
    bool is_done = folder_look_parts(to, partitions, &copy, err) &&
                   copy_verify(d, &copy, parts, all, err) &&
                   manifest_write(to, partitions, parts, err);

    folder_leave(&copy);
    return is_done;
}

static bool backup(struct desk *d, const char *from, const char *to,
                   struct verified *all, struct err *err)
{
    u32 partitions = 0;
    bool is_done = false;

    for (int i = 1; !is_done; i++) {
        if (!target_make(to, err))
            return false;
        is_done = folder_copy(from, to, &partitions, err);
        if (!is_done)
            target_clear(to, partitions);
        if (!is_done && (err->code != ERR_LIMIT || i == TRIES_MOST))
            return false;
    }
    if (copy_seal(d, to, partitions, all, err))
        return true;
    target_clear(to, partitions);
    return err_in(err, "the copy is not whole, and was removed");
}

static int said(const struct err *err)
{
    fprintf(stderr, "fermata: %s\n", err->text);
    return 1;
}

static void end_print(const struct options *o, const char *what, const char *path,
                      const struct verified *all)
{
    if (o->json)
        printf("{\"%s\":true,\"entries\":%llu,\"instances\":%llu,\"state\":"
               "\"%016llx\"}\n",
               what, (unsigned long long)all->entries,
               (unsigned long long)all->counters.instances,
               (unsigned long long)all->state);
    else
        printf("%s and verified: %s: %llu entries, %llu instances, state %016llx\n",
               what, path, (unsigned long long)all->entries,
               (unsigned long long)all->counters.instances,
               (unsigned long long)all->state);
}

/* One folder of a partition has no mark that says how many there are. */
static bool is_whole_directory(const char *path, struct err *err)
{
    struct data_mark mark;

    return data_mark_read(path, &mark) ||
           err_set(err, ERR_CORRUPT,
                   "%s is no data directory: it has no " DATA_MARK
                   "; a backup is made of what --data of the server names",
                   path);
}

static int run_backup(struct desk *d)
{
    struct verified all = {0};
    struct err err = {0};

    if (d->options->word_count != 2) {
        fprintf(stderr, "fermata: name what to copy and where to: fermata backup DIR "
                        "TO\n");
        return 2;
    }
    const char *from = d->options->words[0], *to = d->options->words[1];
    if (!is_whole_directory(from, &err) || !backup(d, from, to, &all, &err))
        return said(&err);
    end_print(d->options, "copied", to, &all);
    return 0;
}

int backup_main(const struct options *o)
{
    return desk_run(o, run_backup);
}

/* ---- and back -------------------------------------------------------------------- */

static bool backup_verify(struct desk *d, const struct folder *f, struct verified *all,
                          struct err *err)
{
    if (!f->is_backup)
        return err_set(err, ERR_CORRUPT,
                       "%s is no backup: it has no " MANIFEST
                       "; a server can be started on a data directory as it is",
                       f->path);
    if (!manifest_check(f, err))
        return false;
    for (u32 i = 0; i < f->count; i++) {
        struct verified part;
        if (!verify_part(f, i, d->zones, &part, err))
            return false;
        verified_add(all, &part);
    }
    return true;
}

/* The mark comes last: without it no server takes the directory for whole. */
static bool restore_into(const struct folder *f, const char *to, struct err *err)
{
    u64 *ends = must_alloc((f->count + 1) * sizeof(*ends));

    for (u32 i = 0; i < f->count; i++)
        ends[i] = f->parts[i].log->durable;
    bool is_done = parts_copy(f, ends, to, err);
    free(ends);
    return is_done && documents_copy(f->path, to, err) &&
           data_mark_write(to, f->count, err);
}

static bool restore(struct desk *d, const char *from, const char *to,
                    struct verified *all, struct err *err)
{
    struct folder f;

    if (!folder_look(from, &f, err))
        return false;
    bool is_made = backup_verify(d, &f, all, err) && target_make(to, err);
    bool is_done = is_made && restore_into(&f, to, err);
    if (is_made && !is_done)
        target_clear(to, f.count);
    folder_leave(&f);
    return is_done;
}

static int run_restore(struct desk *d)
{
    struct verified all = {0};
    struct err err = {0};

    if (d->options->word_count != 2) {
        fprintf(stderr, "fermata: name the backup and where to: fermata restore FROM "
                        "DIR\n");
        return 2;
    }
    if (!restore(d, d->options->words[0], d->options->words[1], &all, &err))
        return said(&err);
    end_print(d->options, "restored", d->options->words[1], &all);
    return 0;
}

int restore_main(const struct options *o)
{
    return desk_run(o, run_restore);
}
