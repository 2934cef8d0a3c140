/* engine.h - the real engine on the stage: it is fed, read, stopped and started again.
 */
#ifndef MIRROR_ENGINE_H
#define MIRROR_ENGINE_H

#include "engine/engine.h"
#include "model/model.h"
#include "state/read.h"

struct done {
    struct input in; /* the record is a copy */
    struct str entry;
};

struct actor {
    struct arena arena; /* of all that is remembered */
    struct engine_options options;
    struct state *state;
    struct engine *engine;
    struct model *model; /* for the ids of elements */
    struct done *done;   /* owned: all steps so far */
    size_t count, size;
    i64 now;
    struct output out;       /* of the last step */
    struct buf trace;        /* what has happened since the owner cleared it */
    u64 counts[TABLE_COUNT]; /* rows when no instance ran */
    u32 steps_left;          /* of its own until it stops for good; 0: it never stops */
    bool has_failed;         /* a step, by our own fault */
};

/* False: `why` says why the engine does not take it. */
bool actor_open(struct actor *a, struct str bpmn, struct str *why);
void actor_close(struct actor *a);

void actor_hurry(struct actor *a, u32 todos); /* steps may do so much, from now on */
void actor_settled(struct actor *a);          /* no instance runs: this is what stays */

/* A command and all that follows from it now. False: it was not done. */
bool actor_do(struct actor *a, enum command_kind kind, u64 key, const void *record);
/* Time moves on, and all that is due happens. */
bool actor_tick(struct actor *a, i64 now);

/* The same, but first the command is stopped at each of its events, one after the
 * other. Whether that always left everything as it was is told by `is_undone`. */
bool actor_do_undone(struct actor *a, enum command_kind kind, u64 key,
                     const void *record, bool *is_undone);

bool actor_replays(struct actor *a); /* the log alone gives this very state */
bool actor_repeats(struct actor *a); /* the same commands give the same log */
/* The first table that has other rows than before any instance; NULL: none has. */
const char *actor_leftover(const struct actor *a);

/* The one that runs and is called by nobody; 0: there is none. */
u64 actor_instance(const struct actor *a);

/* How an instance stands, as a mirror is printed. */
void actor_print(struct actor *a, u64 instance, struct buf *out);

#endif
