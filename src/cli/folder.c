#include "cli/folder.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

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

bool folder_is_used(const struct folder *f)
{
    for (u32 i = 0; i < f->count; i++)
        if (log_look_facts(f->parts[i].log).is_used)
            return true;
    return false;
}

struct node *folder_replay(const struct folder *f, u32 part, struct zones *zones,
                           struct err *err)
{
    struct node_options options = node_options_default;
    const struct folder_part *p = &f->parts[part];

    options.engine = engine_options_default;
    options.engine.partition = p->number;
    options.engine.partitions = f->is_part ? p->number : f->mark.partitions;
    options.engine.zones = zones;
    struct node *node = node_open(&options, p->log);
    if (p->log->first == p->log->durable || node_recover(node, NULL, NULL, err))
        return node;
    node_close(node);
    return NULL;
}
