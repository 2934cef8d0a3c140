/* view.h - the searchable copy: rows of all that lives and of all that has ended, made
 * of the logs of all partitions. It follows them on a thread of its own, so it never
 * keeps anybody waiting; what it has taken stands beside the rows themselves, so each
 * entry counts once, and all of it can be made again from the logs.
 *
 *     struct view *v = view_open(&options, &err);
 *     struct view_follower *f = view_follow(v, logs, 3, &err);
 *     view_publish(f, 1, durable);              ... as the logs go on
 *     view_ask(f, &ask);                        ... from the thread of the doors
 *     while (view_answer(f, &answer)) ... view_answer_done(&answer)
 *
 * A search sees all that was durable when it came; if that takes too long it is
 * answered all the same and says so. What a row shows and is searched by stands in
 * tables.def.
 *
 * Uses: log, state (words), query, record, model, json. */
#ifndef VIEW_H
#define VIEW_H

#include "log/log.h"
#include "record/record.h"

struct state;
struct zones;
struct view;
struct view_follower;

struct view_options {
    const char *place; /* a file; ":memory:"; postgres://...; borrowed in view_open */
    const char *owner; /* whose copy it is, where others could have theirs; or NULL */
    bool waits;        /* for a database that does not answer: see view_again */
    u32 partitions;
    struct zones *zones; /* borrowed, for good; may be NULL */
    i64 search_ms;       /* a search is given up after so long; 5 s */
    i64 stale_ms;        /* ... and waits so long for the logs; 2 s */
    i64 history_ms;      /* what ended so long ago goes; 0: never */
    size_t memory;       /* bytes that rows in hand may take; 64 MiB */
};
extern const struct view_options view_options_default;

/* ---- the copy itself: one thread, whoever that is ---------------------------------
 */

/* NULL with err: ERR_CORRUPT when it must be made again (remove the file). */
struct view *view_open(const struct view_options *options, struct err *err);
/* One that is lost is begun anew as its database has it, perhaps behind where it was.
 * False: it is lost as before, and err says why. */
bool view_again(struct view *v, struct err *err);
/* Drops the tables of a database that several could use. Whose they are is not asked
 * when there is no `owner`; a file is removed by whoever has it. */
bool view_clear(const struct view_options *options, struct err *err);
void view_close(struct view *v); /* without what was not committed; NULL is fine */

bool view_is_lost(const struct view *v, struct err *err); /* err says why */
u32 view_partitions(const struct view *v);
/* Is it a place that others could have, too: a database server's? And what to call it
 * in texts, without its password. */
bool view_is_shared(const char *place);
void view_place_name(const char *place, char *out, size_t size);

/* The number of the entry that it wants next of this partition, from 1. */
u64 view_position(const struct view *v, u32 partition);

/* Can it go on with this log? ERR_CORRUPT: what it wants next is not there any more;
 * ERR_FENCED: it is of another log, or of one that has lost its end. */
bool view_fits(const struct view *v, u32 partition, const struct log *log, u64 durable,
               struct err *err);
/* It has all from this entry on; before it only what lived then, as it was then. */
u64 view_begins(const struct view *v, u32 partition);

/* Makes the rows of this partition's live things from a state, as it was before that
 * entry, which is wanted next then. Nothing of this partition was taken before. */
bool view_retell(struct view *v, u32 partition, const struct state *s, u64 position,
                 struct err *err);

/* Takes that entry. False: the copy is lost; the log goes on without it. */
bool view_take(struct view *v, u32 partition, const struct log_entry *entry,
               struct err *err);
/* What was taken can be found from now on; and: it survives a crash. */
bool view_settle(struct view *v, struct err *err);
bool view_commit(struct view *v, struct err *err);

/* Forgets what ended before this moment, some of it: *more says whether to go on. */
bool view_forget(struct view *v, i64 before, bool *more, struct err *err);

/* The same for equal rows: of a copy that was made again. */
bool view_hash(struct view *v, u64 *out, struct err *err);

/* ---- asking ---------------------------------------------------------------------- */

/* What of it is asked for, beside rows. */
enum view_aspect {
    ASPECT_ROWS,
    ASPECT_FLOWS,     /* an instance: sequence flows that were taken */
    ASPECT_CALLERS,   /* an instance: those that called it, and itself */
    ASPECT_HISTORY,   /* an instance: its events */
    ASPECT_ELEMENTS,  /* an instance, a definition: how many are at which element */
    ASPECT_TASK_LOGS, /* what was done to a user task */
    ASPECT_WAITS,     /* an instance: how many elements wait, by element */
    ASPECT_TOTALS,    /* of all jobs */
    ASPECT_ITEMS,     /* what of history a batch operation is done to; see below */
};

/* The answer to ASPECT_ITEMS is so many of these, one behind the other, in the order of
 * their keys: those behind the key `at` of the question, and of its partition. */
#define VIEW_ITEMS_MAX 500
struct view_item {
    u64 key, instance, root; /* of an instance, or of an evaluation of decisions */
};

struct view_ask {
    u64 request;
    u64 key;                       /* 0: none */
    const struct search_ask *what; /* borrowed during the call */
};

struct view_answer {
    u64 request;
    enum rejection rejection;
    struct str text; /* why; or the body */
    bool is_stale;   /* it may lack what was durable when it came */
    void *block;     /* owned by who took the answer: view_answer_done */
};
void view_answer_done(struct view_answer *a);

/* At once, from what was settled. */
void view_search(struct view *v, const struct view_ask *ask, struct view_answer *out);

/* ---- following the logs -----------------------------------------------------------
 */

/* The view, and the logs by partition, are borrowed and must outlive it. With
 * `has_thread` false nothing happens but in view_turn, which the owner calls. */
struct view_follower *view_follow(struct view *v, struct log *const *logs, u32 count,
                                  bool has_thread, struct err *err);
void view_unfollow(struct view_follower *f); /* commits; NULL is fine */

/* The rest is for the thread of the doors, which is one. */
void view_publish(struct view_follower *f, u32 partition, u64 durable);
/* Everything is copied; it is answered when what was published by now has been taken.
 */
void view_ask(struct view_follower *f, const struct view_ask *ask);
bool view_answer(struct view_follower *f, struct view_answer *out);
/* Readable when there may be an answer, until view_heard; -1: no thread. Owned by the
 * follower. */
int view_wake_fd(const struct view_follower *f);
void view_heard(struct view_follower *f);
/* Everything below this entry is committed: the log may be trimmed up to here. Of a
 * copy that is lost for good nothing is kept: it is made again from a checkpoint. */
u64 view_committed(const struct view_follower *f, u32 partition);
/* Entries that are durable and not taken yet, of all partitions. */
u64 view_lag(const struct view_follower *f);
/* Is the copy lost? Then err says why. Searches are refused with it. One that waits for
 * its database may be there again later. */
bool view_failed(const struct view_follower *f, struct err *err);
/* Without a thread: takes what there is and answers. */
void view_turn(struct view_follower *f);

#endif
