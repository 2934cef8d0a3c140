/* sweep.h - batch operations over history: what they are done to only the view knows.
 * For each partition one looks whether a batch operation there waits for items, asks
 * the view for the next ones, and brings them; until none waits. All that is kept here
 * may be lost: a partition that is told of a wake-up, or comes back, is looked at
 * again. */
#ifndef GATE_SWEEP_H
#define GATE_SWEEP_H

#include "node/node.h"
#include "view/view.h"

struct sweeps;

struct sweeps *sweeps_open(u32 count);
void sweeps_close(struct sweeps *s);

/* Something may wait at this partition. NULL: it has stopped. */
void sweeps_wake(struct sweeps *s, u32 index, struct node *node);

/* An answer of this node, of the view: false when it is somebody else's. `view` may be
 * NULL; then batch operations that need it fail and say so. */
bool sweeps_answered(struct sweeps *s, u32 index, struct node *node,
                     struct view_follower *view, const struct answer *a);
bool sweeps_found(struct sweeps *s, struct node *const *nodes,
                  const struct view_answer *a);

#endif
