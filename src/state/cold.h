/* cold.h - inside the room: aggregates that are in the vault and not in memory, and the
 * wake index: just enough of each to know when it is needed. A look-up that meets one
 * does not return: it says what is wanted, and the trap of the step springs
 * (TRAP_COLD). See pack.h for how it comes back. */
#ifndef STATE_COLD_H
#define STATE_COLD_H

#include "base/runs.h"
#include "state/read.h"

struct row;

enum { WANTED_MOST = 32 };

struct cold {
    struct runs keys;  /* a row's key, and how much it is above its aggregate's */
    struct runs below; /* what hangs from a key outside: that key, its own */
    struct runs due;   /* when (in the order of cold_time), key */
    struct runs walk;  /* instances in the order of state_next; 0 */
    u64 grouped;       /* bytes of what is kept in groups, in such runs, too */
    u64 most;          /* no key is higher; 0: nothing is cold */
    u64 rows[TABLE_COUNT];
    u64 wanted[WANTED_MOST]; /* aggregates */
    u32 wanted_count;
};

/* Can rows of this table be cold? One that cannot keeps its aggregate in memory. */
bool cold_may(enum table_id table);
/* Has the wake index more of it than its key? Then it needs the record. */
bool cold_tells(enum table_id table);

/* A row that is not in the tables, into the wake index or out of it. */
void cold_put(struct state *s, u64 aggregate, struct row *r);
void cold_take(struct state *s, u64 aggregate, struct row *r);

/* The aggregate of a key, if that is cold; else 0. */
u64 cold_of(const struct state *s, u64 key);
/* Does not return if the key is of something cold. */
void cold_check(const struct state *s, u64 key);
/* These are wanted: some of the pairs from `at` on, as far as their major numbers go up
 * to `last`. Their keys are the major or the minor numbers, or those of such a walk. */
enum cold_names { COLD_MAJOR, COLD_MINOR, COLD_WALK };
void cold_want(const struct state *s, const struct runs *r, struct pair at, u64 last,
               enum cold_names names);
/* The same, and does not return. */
_Noreturn void cold_stop(const struct state *s, const struct runs *r, struct pair at,
                         u64 last, enum cold_names names);

u64 cold_time(i64 when); /* in the order of the times */
i64 cold_time_back(u64 time);
u64 cold_bytes(const struct cold *c);
void cold_close(struct cold *c);

#endif
