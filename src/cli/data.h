/* data.h - a data directory: which release wrote it, in how many partitions, and a node
 * with its log and its vault for each. */
#ifndef DATA_H
#define DATA_H

#include "base/err.h"
#include "cli/cli.h"
#include "node/node.h"
#include "view/view.h"

#define DATA_MARK "fermata.data"

enum {
    /* That this release writes, and the newest it reads. 1: logs alone. 2: vaults
     * beside them, without which a log may be of no use. */
    DATA_FORMAT = 2,
    PARTITIONS_MOST = 8192 /* their number stands in 13 bits of each key */
};

/* What a data directory says of itself. */
struct data_mark {
    u32 format, partitions;
    char release[32]; /* that made it; empty: before 0.2 */
};
/* False: there is none that can be read. */
bool data_mark_read(const char *folder, struct data_mark *out);
/* False: this release cannot read what it speaks of; err says why. */
bool data_mark_check(const char *folder, const struct data_mark *mark, struct err *err);
/* Durable when it returns true, there whole or not at all. */
bool data_mark_write(const char *folder, u32 partitions, struct err *err);
bool data_sync(const char *folder); /* what names are in it; false: errno says why */

struct data;

/* Checks the directory before anything in it is touched, makes what is missing, claims
 * the logs, loads the checkpoints and replays what is behind them. NULL: err says what
 * is wrong in one sentence. */
struct data *data_open(const struct options *o, struct err *err);
void data_close(struct data *d); /* waits for what the logs have under way */

struct node **data_nodes(struct data *d, u32 *count);
/* The searchable copy, which follows the logs from now on. */
struct view_follower *data_view(struct data *d);
/* Lets the logs go that it has taken; now and then. */
void data_view_moved(struct data *d);
/* Readable when the log, or the vault, has something for its node; -1: never. */
int data_wake_fd(const struct data *d, u32 i);
int data_vault_fd(const struct data *d, u32 i);
u32 data_boot(const struct data *d);

#endif
