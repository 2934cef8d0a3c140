/* vault.h - pages by key, and the log position at which they were all true. It keeps
 * checkpoints, and what is too cold for memory. It knows nothing of what is in a page.
 *
 *     struct vault *v = vault_lmdb_open("data/vault-1", &err);
 *     if (!vault_each(v, load, ctx, &err)) ... damaged
 *     vault_put(v, &change);                    ... as often as needed, and then
 *     vault_seal(v, position);
 *     while (v->position < position)
 *         if (!vault_pump(v, &err)) ... the vault is lost, what was sealed stays
 *
 * Port: kept by lmdb.c, on a thread of its own, and by mem.c; both pass
 * t/contract/vault.c. Nothing blocks but open, read, each and close: trouble shows at
 * the next pump. After a crash all of one seal is there, or none of it.
 *
 * Uses: base. */
#ifndef VAULT_H
#define VAULT_H

#include "base/base.h"
#include "base/err.h"

struct vault_ops;

struct vault {
    const struct vault_ops *ops; /* a keeper's functions for what follows */
    u64 position; /* of the newest seal that survives a crash; 0: there is none. Only
                     pump moves it */
    u64 pages;    /* that were in it when the vault was opened */
};

/* Pages of an aggregate are found together, in the order of their numbers. */
struct vault_page {
    u64 aggregate;
    u32 number;
    struct str bytes; /* borrowed; empty: there is none, or none any more */
};

/* Change a page; it is copied. It counts from the next seal on. */
void vault_put(struct vault *v, const struct vault_page *page);

/* All puts since the last seal are one change, true at this position, which is higher
 * than the last one's. */
void vault_seal(struct vault *v, u64 position);

/* Let I/O go on; may raise v->position. False: the vault is lost to us (disk). Stop;
 * what was sealed before is still there. */
bool vault_pump(struct vault *v, struct err *err);

/* A descriptor that becomes readable when pump has something to do; -1: it never waits.
 * Owned by the vault. */
int vault_wake_fd(const struct vault *v);

/* Bytes put that are not yet with the disk: who puts without need waits while there are
 * many. */
u64 vault_backlog(const struct vault *v);

typedef bool vault_visitor(void *ctx, const struct vault_page *page, struct err *err);

/* The pages of an aggregate, in order, as they were at `position`; those that were put
 * since may be there already, or not yet. Waits for the disk, and for nothing else.
 * False: `visit` said so, or what is there is damaged (ERR_CORRUPT) or cannot be read.
 */
bool vault_read(struct vault *v, u64 aggregate, vault_visitor *visit, void *ctx,
                struct err *err);

/* Every page of the newest seal, in ascending order; before anything is put. False: as
 * above. */
bool vault_each(struct vault *v, vault_visitor *visit, void *ctx, struct err *err);

void vault_close(struct vault *v); /* what is not sealed is dropped; NULL is fine */

/* ---- the keepers ----------------------------------------------------------------- */

/* In a folder (made if missing), which must be nobody else's: the log's lock beside it
 * sees to that. Whatever is damaged is found here or by the look-up that meets it; a
 * damaged file is never written to. NULL with err. */
struct vault *vault_lmdb_open(const char *folder, struct err *err);

/* In memory: for tests and the simulator. A seal is durable with the pump that is
 * `pumps` later (0: the next). */
struct vault_mem_options {
    u32 pumps;
};
struct vault *vault_mem_open(const struct vault_mem_options *options);
/* What a crash leaves. Of a seal that is not durable nothing stays, or, with `is_kept`,
 * all of the oldest one: its last write had arrived, and nobody was told. */
void vault_mem_crash(struct vault *v, bool is_kept);
/* The pump that comes next fails with this text. */
void vault_mem_fail(struct vault *v, const char *text);

#endif
