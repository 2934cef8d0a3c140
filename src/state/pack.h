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

/* Fills an empty state with the newest checkpoint; an empty vault leaves it empty.
 * `tell` (may be NULL) hears now and then how many pages are done. False: ERR_CORRUPT,
 * or the vault's error. */
typedef void state_tell(void *ctx, u64 done, u64 all);
bool state_load(struct state *s, struct vault *v, state_tell *tell, void *ctx,
                struct err *err);

#endif
