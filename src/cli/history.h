/* history.h - the searchable copy of a data directory: where it is kept, and how it is
 * made again when it is lost. */
#ifndef HISTORY_H
#define HISTORY_H

#include "cli/cli.h"
#include "log/log.h"
#include "vault/vault.h"
#include "view/view.h"

#define HISTORY_FILE "view.sqlite"
/* Whose copy it is that others could have theirs beside: a name that was drawn once. It
 * is there if the directory has ever had its history in a database server. */
#define HISTORY_OWNER "history.owner"

struct history {
    const char *folder;          /* borrowed; NULL: all is in memory */
    char place[4096];            /* a file, ":memory:", or a URL */
    char name[4096];             /* the same for texts: without a password */
    char owner[40];              /* empty: nobody else can be where it is */
    struct view_options options; /* they point into this */
};

/* What --history says, or else a file in the folder. A name is drawn when one is
 * needed. False: err says what is wrong with it. */
bool history_find(struct history *h, const char *folder, const char *url,
                  u32 partitions, struct zones *zones, struct err *err);

/* Opened, and fit to follow these logs. What cannot be used and is ours alone is made
 * again: from the log, or from the checkpoint and the log behind it. NULL: err says why
 * not. A database server that does not answer is waited for (view_again). */
struct view *history_open(const struct history *h, struct log *const *logs,
                          struct vault *const *vaults, struct err *err);

/* Makes it again, of a server that does not run. With `keeps` the one that is there
 * stays and is only looked at. */
struct history_rebuilt {
    u64 entries, hash;
    u64 before;      /* that of the copy that is there, as far as `keeps` asks for it */
    bool is_partial; /* the logs do not begin at their beginning */
};
bool history_rebuild(struct history *h, bool keeps, struct history_rebuilt *out,
                     struct err *err);

#endif
