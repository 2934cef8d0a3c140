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

#endif
