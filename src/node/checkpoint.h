/* checkpoint.h - inside the room: when a checkpoint is made, how far it is, and what of
 * the log nobody needs any more. */
#ifndef NODE_CHECKPOINT_H
#define NODE_CHECKPOINT_H

#include "log/log.h"
#include "node/node.h"
#include "vault/vault.h"

enum checkpoint_stage {
    CHECKPOINT_RESTS,
    CHECKPOINT_PACKS, /* in slices, between steps */
    CHECKPOINT_WAITS, /* all is packed; the log is not durable so far yet */
    CHECKPOINT_SEALS, /* the vault makes it durable */
};

struct checkpoint {
    struct state *state; /* borrowed, like log and vault */
    struct log *log;
    struct vault *vault; /* NULL: there are no checkpoints */
    u64 every, slice;    /* bytes logged between two; packed in a turn */
    enum checkpoint_stage stage;
    bool is_wanted;          /* at once, and in one slice */
    bool is_hungry;          /* soon, since only what is packed can leave memory */
    u64 logged;              /* bytes since the last one was begun */
    u64 position;            /* at which the one in hand is true */
    u64 last;                /* at which the newest durable one is; 0: there is none */
    u64 needed;              /* log entries below are needed for no start */
    u64 trimmed;             /* what the log was told */
    struct node_hold *holds; /* borrowed */
    u64 count;
};

void checkpoint_open(struct checkpoint *c, const struct node_options *o,
                     struct state *state, struct log *log);
/* Fills the empty state from the vault. `from`: the entry to go on with. */
bool checkpoint_load(struct checkpoint *c, node_progress *progress, void *ctx,
                     u64 *from, struct err *err);
/* Between two steps, once a turn. */
bool checkpoint_pump(struct checkpoint *c, struct err *err);
/* Has it something to pack at once? */
bool checkpoint_is_busy(const struct checkpoint *c);

#endif
