/* folder.h - a data directory, a backup of one, or the folder of a single partition, as
 * somebody sees it who does not write it: a server may be running on it. For `log`,
 * `verify`, `doctor`, `backup` and `restore`.
 *
 *     if (!folder_look(path, zones, &f, &err)) ...
 *     for (u32 i = 0; i < f.count; i++) ... f.parts[i].log
 *     folder_leave(&f);
 */
#ifndef CLI_FOLDER_H
#define CLI_FOLDER_H

#include "cli/data.h"
#include "log/log.h"

struct folder_part {
    u32 number;      /* of the partition, from 1 */
    char path[4096]; /* of its log */
    struct log *log; /* owned; to be looked at alone (log_look_open) */
};

struct folder {
    const char *path;      /* borrowed */
    bool is_part;          /* it is the folder of one partition */
    bool is_backup;        /* it has a manifest instead of a mark */
    struct data_mark mark; /* of a data directory; of a backup, how many partitions */
    u32 count;             /* of parts */
    struct folder_part *parts; /* owned */
};

/* Changes nothing. False: it is none of these, of a newer format, or damaged; err says
 * where, and folder_leave need not be called. */
bool folder_look(const char *path, struct folder *out, struct err *err);
/* One whose manifest is still to be written, of so many partitions. */
bool folder_look_parts(const char *path, u32 partitions, struct folder *out,
                       struct err *err);
void folder_leave(struct folder *f);

/* Is a server running on it? As it was when we looked. */
bool folder_is_used(const struct folder *f);

/* What all entries of a part lead to: a node that has replayed them, to be closed by
 * node_close. NULL: an entry cannot be applied, or is damaged. */
struct node *folder_replay(const struct folder *f, u32 part, struct zones *zones,
                           struct err *err);

#endif
