/* write.h - the only functions that change state; for engine/apply, and the first few
 * for engine/step.c. What places a row in the indexes (its owner, its names, when it is
 * due) is set when it is put first; only a job's state, priority and times, whether it
 * or a timer is suspended, an instance's business id and the state of
 * a batch operation may change later. Each
 * function keeps the row's before-image and only then changes anything, so that a step
 * can be undone byte for byte. Rows are copied. (When checkpoints come, the one place
 * that keeps the before-image, row_keep in table.c, also packs the row's page if it is
 * still to be packed, and marks it dirty.) */
#ifndef STATE_WRITE_H
#define STATE_WRITE_H

#include "state/read.h"

void state_begin(struct state *s);
void state_commit(struct state *s);
void state_abort(struct state *s); /* as it was at state_begin */

void state_set_now(struct state *s, i64 now);
void state_turn_clock(struct state *s, i64 now); /* also back */
/* A key that is in use: the counter is at least there. Keys of other partitions do not
 * count; `partition` is our own. */
void state_used_key(struct state *s, u32 partition, u64 key);

#define X(name, noun, links, due)                                            \
    void noun##_put(struct state *s, u64 key, const struct noun##_row *row); \
    void noun##_del(struct state *s, u64 key);
TABLES(X)
#undef X

/* All variables, tokens and triggers of an element instance that has come to its end.
 */
void scope_clear(struct state *s, u64 scope);
void scope_clear_compensations(struct state *s, u64 scope);
void scope_clear_tokens(struct state *s, u64 scope);

#endif
