/* shards.h - the threads that partitions run on. Partition i (from 0) belongs to shard
 * i modulo their number. The first shard is the caller's own thread, which has the
 * doors and the gate, too; each other one is a thread that pumps its nodes.
 *
 *     struct shards *s = shards_open(&config, &err);
 *     ... node_pump of shards_nodes(s), gate, doors ...
 *     shards_wake(s); after each turn
 *     shards_close(s); the nodes are the caller's again
 */
#ifndef SHARDS_H
#define SHARDS_H

#include "node/node.h"

struct shards;

struct shards_config {
    struct node *const *nodes; /* borrowed; recovered */
    const int (*wake_fds)[2];  /* readable when a node's log or vault has something for
                                  it; -1: never */
    u32 count;                 /* of nodes */
    u32 shards;
    void (*wake)(void *ctx); /* called by a shard's thread: there is news for yours */
    void *ctx;
};

/* NULL: err says why there is no thread. */
struct shards *shards_open(const struct shards_config *config, struct err *err);
/* In the order of the partitions: the node itself on the first shard, else what stands
 * in for it. Borrowed. */
struct node **shards_nodes(struct shards *s);
/* Wakes the shards that have been given something since the last call. */
void shards_wake(struct shards *s);
/* Ends the threads after their turns. */
void shards_close(struct shards *s);

#endif
