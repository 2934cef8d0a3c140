/* data.h - a data directory: which release wrote it, in how many partitions, and a node
 * with its log for each. */
#ifndef DATA_H
#define DATA_H

#include "base/err.h"
#include "cli/cli.h"
#include "node/node.h"
#include "view/view.h"

struct data;

/* Checks the directory before anything in it is touched, makes what is missing, claims
 * the logs and replays them. NULL: err says what is wrong in one sentence. */
struct data *data_open(const struct options *o, struct err *err);
void data_close(struct data *d); /* waits for what the logs have under way */

struct node **data_nodes(struct data *d, u32 *count);
/* The searchable copy, which follows the logs from now on. */
struct view_follower *data_view(struct data *d);
int data_wake_fd(const struct data *d, u32 i);
u32 data_boot(const struct data *d);
bool data_is_durable(const struct data *d);

/* Makes the searchable copy of a directory again, of a server that does not run. The
 * copy that is there is replaced when the new one is whole; with `keeps` it stays and
 * is only looked at. */
struct data_rebuilt {
    u64 entries, hash;
    u64 before; /* that of the view that is there, as far as `keeps` asks for it */
};
bool data_rebuild_view(const char *folder, bool keeps, struct data_rebuilt *out,
                       struct err *err);

#endif
