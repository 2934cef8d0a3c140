/* pack.h - how state goes into the vault and comes back; for node and simulator alone.
 *
 * A checkpoint is true at one moment, between two steps: state_freeze. The pages that
 * have changed since the last one are then packed in slices, while steps go on; a page
 * that a step is about to change is packed before that. When all are, state_seal makes
 * one change of them. What comes and goes between two freezes is never packed.
 *
 *     state_freeze(s, v);
 *     while (state_pack(s, 128 << 10)) ... a step or two
 *     state_seal(s, position);
 *
 * Pages: all rows of a process instance are one aggregate, cut into pages of some dozen
 * rows, of 24 KiB or of one larger row. Rows of no instance share a page with those of
 * their table whose keys are near, since they mostly come together. In a page, each row
 * is the number of its table, its key, and its record with the tags of records.def, so
 * old pages open in new releases. */
#ifndef STATE_PACK_H
#define STATE_PACK_H

#include "state/read.h"
#include "vault/vault.h"

/* How many pages have changed since the last freeze (or are to be packed yet). */
u64 state_changed(const struct state *s);

/* What has changed is to be packed as it is now. The vault is borrowed until the seal;
 * nothing else may be put into it. */
void state_freeze(struct state *s, struct vault *v);
/* Packs about so many bytes, one page at least. False: that was all. */
bool state_pack(struct state *s, u64 bytes);
/* All is packed: it counts, together, and was true at this position. */
void state_seal(struct state *s, u64 position);

/* The last seal survives a crash. */
void state_sealed(struct state *s);

/* Fills an empty state with the newest checkpoint; an empty vault leaves it empty.
 * Process instances stay cold. `tell` (may be NULL) hears now and then how many pages
 * are done. False: ERR_CORRUPT, or the vault's error. */
typedef void state_tell(void *ctx, u64 done, u64 all);
bool state_load(struct state *s, struct vault *v, state_tell *tell, void *ctx,
                struct err *err);

/* ---- what is in the vault only ---------------------------------------------------
 *
 * A process instance that waits for something, and is as the newest durable checkpoint
 * has it, may leave memory: it is cold. Of it stays the wake index: its keys, when it
 * is due, whose jobs and signals are in it. Whatever is cold is part of the state as
 * before and is counted with it; only a look-up that meets it springs the trap of its
 * step (TRAP_COLD). The step is then undone, state_thaw brings back what it wanted, and
 * it is done again. */

/* Out of memory goes what has not changed for longest, while what is in memory takes
 * more than `limit` bytes; `most` at once. Returns how many went. */
u32 state_evict(struct state *s, u64 limit, u32 most);
bool state_may_evict(const struct state *s); /* is there any that could go? */
/* Is something cold due, before all that is in memory? Then it is wanted. */
bool state_due_is_cold(const struct state *s, i64 now);
/* Is the row of this key cold? Then it is wanted. */
bool state_want(const struct state *s, u64 key);
/* What was wanted comes back. False: the vault's error, or ERR_CORRUPT. */
bool state_thaw(struct state *s, struct vault *v, struct err *err);
bool state_thaw_all(struct state *s, struct vault *v, struct err *err);

u64 state_used(const struct state *s); /* bytes of rows and indexes in memory */
u64 state_cold(const struct state *s); /* process instances that are cold */

#endif
