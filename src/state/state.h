/* state.h - inside the room: rows, places, groups, journal. Outsiders use read.h and
 * write.h. */
#ifndef STATE_H
#define STATE_H

#include "base/blocks.h"
#include "base/due.h"
#include "base/tree.h"
#include "state/cold.h"
#include "state/home.h"
#include "state/page.h"
#include "state/read.h"

struct vault;

/* A row in its table. What stands behind `data` is there only as far as the table's
 * kind needs it; row_size says how far. */
struct row {
    u64 key;
    struct row *chain; /* of its bucket */
    void *data;        /* owned: the record, one block; never changed, only replaced */
    struct page *page; /* it is packed with; the next row of that page */
    struct row *mate;
    enum table_id table;
    struct tree_item links[2];
    struct due_item due;
};

/* Rows by key: linear hashing, so that it grows by one bucket at a time. */
struct table {
    struct row **buckets; /* owned */
    size_t count, used;   /* rows; buckets in use */
    size_t room;          /* buckets that there is memory for */
    size_t mask;         /* the least power of two that is not below `used`, less one */
    struct row **recent; /* owned: the one that was found last, or NULL */
    const struct shape *shape;
};

/* All that hangs from one key: an element instance, a process, a foreign subscription.
 * Most have one or two of these kinds of rows, so there is a tree only for those. */
/* clang-format off */
#define BRANCHES(X) \
    X(children) \
    X(tokens) \
    X(triggers) \
    X(variables) \
    X(jobs) \
    X(timers) \
    X(incidents) \
    X(process_subscriptions) \
    X(message_subscriptions) \
    X(start_subscriptions) \
    X(loop_results) \
    X(compensations) \
    X(thrown) \
    X(signal_subscriptions) \
    X(processes) \
    X(instances) \
    X(user_tasks) \
    X(conditions) \
    X(conditions_inside) \
    X(decisions) \
    X(held) \
    X(batch_items)
/* clang-format on */
enum branch_kind {
#define X(name) BRANCH_##name,
    BRANCHES(X)
#undef X
};

struct branch {
    struct tree rows;
    struct branch *next;
    enum branch_kind kind;
};

struct place {
    u64 key;
    struct place *chain;
    struct branch *branches; /* owned; no empty ones */
};

/* Rows that share names: jobs of a type, messages of a name and key. */
enum group_kind {
    GROUP_PROCESSES,
    GROUP_JOBS,
    GROUP_MESSAGES,
    GROUP_MESSAGE_IDS,
    GROUP_MESSAGE_SUBSCRIPTIONS,
    GROUP_START_SUBSCRIPTIONS,
    GROUP_START_LOCKS,
    GROUP_BUSINESS_IDS,
    GROUP_SIGNALS,
    GROUP_START_CONDITIONS,
    GROUP_DELETED_PROCESSES,
    GROUP_REQUIREMENTS,
    GROUP_DELETED_REQUIREMENTS,
    GROUP_DECISIONS,
    GROUP_DELETED_DECISIONS,
    GROUP_FORMS,
    GROUP_DELETED_FORMS,
    GROUP_FILES,
    GROUP_DELETED_FILES,
    GROUP_CLUSTER_VARIABLES,
    GROUP_CLUSTER_VARIABLE_NAMES,
};

#define NAMES_MAX 4

struct group_name {
    enum group_kind kind;
    struct str names[NAMES_MAX];
};

struct group {
    u64 hash;
    struct group *chain;
    struct group_name name; /* owned bytes behind the struct */
    struct tree rows;
    struct runs *cold; /* owned: those of them that are cold; NULL: none */
};

struct chains {
    void **buckets; /* owned; a power of two */
    size_t size, count;
};

struct change {
    enum table_id table;
    u64 key;
    void *before; /* owned: the record as it was; NULL: there was none */
};

struct state {
    struct table tables[TABLE_COUNT];
    struct blocks blocks; /* of rows, records, places and groups */
    struct chains places, groups;
    struct place **recent; /* owned: the one that was found last, or NULL */
    struct tree global_listeners, pending, outbox, ended_batches;
    struct tree ended_batch_works;
    struct due due;
    struct change *journal; /* owned */
    size_t changes, journal_room;
    bool is_open; /* between begin and commit or abort */
    u64 last_key, last_key_before;
    i64 now, now_before;

    struct cold *cold; /* owned */
    struct chains pages;
    struct page *page_last; /* the first page that was asked for last; or NULL */
    u64 freeze;             /* the number of the one to come */
    struct page_list changed, frozen; /* pages, by their mark */
    struct page_list rests;           /* those that have not changed, by `kept` */
    u64 sealing, sealed; /* freezes: of the last seal, and of the last durable one */
    struct state_head frozen_head; /* what it was at the freeze */
    u64 frozen_rows[HOME_NUMBERS];
    struct vault *vault;  /* borrowed; from a freeze to its seal */
    u64 packed;           /* bytes of this slice */
    struct arena packing; /* of one page */
};

/* table.c */
struct row *row_find(const struct state *s, enum table_id table, u64 key);
/* The same, where NULL means only that it is not in memory. */
struct row *row_seek(const struct state *s, enum table_id table, u64 key);
/* The row leaves memory, not state: what it points to is the caller's from here on, and
 * so is its page. */
void row_leave(struct state *s, struct row *r);
/* Where state_next finds an instance, and back. */
u64 walk_place(u64 key);
u64 walk_key(u64 place);
/* A row that is not there yet, out of its page. */
void row_load(struct state *s, enum table_id table, u64 key, const void *record,
              struct page *p);
void row_put(struct state *s, enum table_id table, u64 key, const void *record);
void row_del(struct state *s, enum table_id table, u64 key);

/* index.c: puts a row into the sets it belongs to, takes it out of them. */
void index_in(struct state *s, struct row *r);
void index_out(struct state *s, struct row *r);
/* Puts a cold row into those sets that are not of its own aggregate, or takes it out.
 */
void index_cold(struct state *s, struct row *r, bool in);
/* Whether the new record belongs into other sets than the old one. */
bool index_moves(enum table_id table, const void *before, const void *after);

/* index.c: what is found by a number. It begins with that number and the pointer to the
 * next one of its bucket. */
struct chained {
    u64 number;
    struct chained *chain;
};
void chains_init(struct chains *c);
void chains_reserve(struct chains *c, u64 count); /* of an empty one */
struct chained *chains_first(const struct chains *c, u64 number);
void chains_add(struct chains *c, struct chained *x);
void chains_del(struct chains *c, struct chained *x);

struct place *place_find(const struct state *s, u64 key);
void groups_close(struct state *s); /* what of them is cold only */
struct group *group_find(const struct state *s, const struct group_name *name);

#endif
