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

#define VAULT_FOLDER "vault-"     /* and the number of the partition */
#define VAULT_FILE   "/vault.mdb" /* in it */

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

/* Each entry of a part's log from `from` on, below `to`; err of `take` is put behind
 * the place of its entry. Nothing is there: true. */
bool part_walk(const struct folder_part *p, u64 from, u64 to,
               bool (*take)(void *ctx, const struct log_entry *entry, struct err *err),
               void *ctx, struct err *err);

/* Is a server running on it? As it was when we looked. */
bool folder_is_used(const struct folder *f);

/* What the newest checkpoint and the entries behind it lead to. */
struct replayed {
    struct node *node;
    struct vault *vault; /* NULL: there is no checkpoint */
    u32 number;          /* of the partition */
    char scratch[64];    /* where a copy of it lies; empty: in none */
};

/* Replays a part. `vaults` is a folder whose vaults are nobody else's, as a copy is;
 * NULL: those of f are copied to a scratch folder first, since opening one is no mere
 * looking; if a server is running, the log is looked at once more behind that. False:
 * an entry cannot be applied, or something is damaged. */
bool folder_replay(struct folder *f, u32 part, const char *vaults, struct zones *zones,
                   struct replayed *out, struct err *err);
void replayed_end(struct replayed *r);

/* Copies the checkpoint of a part as it stands, maybe while it is written: whether it
 * is whole shows when it is opened. True also when there is none. */
bool vault_copy(const char *from, const char *to, u32 number, struct err *err);

#endif
