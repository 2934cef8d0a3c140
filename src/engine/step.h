/* step.h - inside the engine: one step, what it has in hand, and what its handlers may
 * do. A handler sees state as const; it rejects (before anything was emitted), or emits
 * events and leaves to-dos. */
#ifndef STEP_H
#define STEP_H

#include "dmn/dmn.h"
#include "engine/engine.h"
#include "model/model.h"
#include "state/read.h"

struct models;

struct todo {
    enum command_kind kind;
    u64 key;
    const void *record; /* of commands[kind].ask, in the step's arena; NULL: empty */
    u64 instance;       /* whose work it is; 0: nobody's */
    struct todo *next;
};

struct step {
    struct engine *engine;     /* for the models and limits */
    const struct state *state; /* what is true, as of the last emit */
    struct state *hands;       /* the same, for the appliers alone */
    struct arena *arena;       /* what is made in this step */
    const struct input *in;
    i64 now;
    struct str tenant;
    u32 partition, partitions;

    struct buf entry; /* events so far */
    u32 events;
    enum rejection rejection;
    struct str reason;
    bool is_undone;  /* it was rejected after something had been emitted */
    bool is_ignored; /* nothing is to happen and nobody is to be told */
    bool is_late; /* whoever asked is answered by an effect, now or in a later step */
    const void *answer;
    struct effect_link *effects, **effects_end;
    u32 effect_count;

    struct warned *warned, **warned_end; /* what FEEL warned of, told at the end */
    u32 warned_count;

    struct todo *todos, **todos_end;
    u32 todos_max, todos_done;

    /* In hand, for whoever must be blamed: behaviours 3 and the house's (i). */
    u64 instance;
    bool in_todo;
    u64 last_key;
};

struct effect_link {
    struct effect effect;
    struct effect_link *next;
};

/* What an expression of an element instance was warned of. */
struct warned {
    u64 element_instance;
    struct expression_warned what;
    struct warned *next;
};

/* ---- what a handler may do ------------------------------------------------------- */

/* The event happens: it is written down and applied, in this order. */
void emit(struct step *s, enum event_kind kind, u64 key, const void *record);

/* The command is refused; nothing must have been emitted. */
void reject(struct step *s, enum rejection why, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));

/* The same when only doing it has shown that it cannot be done: what was emitted and
 * left to do is undone, and nothing more may be. */
void reject_undone(struct step *s, enum rejection why, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));

/* From here on the step is about this instance. False: it is banned, and the command
 * has been refused (a to-do or due thing: is simply not done); or it is suspended, and
 * the command is kept until it is resumed. */
bool step_about(struct step *s, u64 instance);

/* Work for a later step, of this instance (0: of none); when it is suspended, for the
 * time after. */
void leave(struct step *s, u64 instance, enum command_kind kind, u64 key,
           const void *record);

u64 key_new(struct step *s);

/* The last events of the step say what its expressions were warned of; of so many of
 * them. Takes `w` as it is. */
void warned_add(struct step *s, struct warned *w);
void warned_drop(struct step *s, const struct warned *w); /* the one that came last */

/* Work of this step, done in order, or in a later one when this one is long enough. */
void todo(struct step *s, enum command_kind kind, u64 key, const void *record);
/* The same for another partition: as a to-do if that is ours, by the outbox otherwise.
 */
void send_to(struct step *s, u32 partition, enum command_kind kind, u64 key,
             const void *record);
void send_to_others(struct step *s, enum command_kind kind, u64 key,
                    const void *record); /* to all but ours */
u32 key_partition(u64 key);
u32 name_partition(const struct step *s, struct str correlation_key);

void effect_jobs(struct step *s, struct str tenant, struct str type);
void effect_ended(struct step *s, u64 instance, const struct instance_created *result);

/* This command is not answered with its step but by effect_answer; and that answer, to
 * any request. One that comes with the step that asked for it is the step's own. */
void answer_later(struct step *s);
void effect_answer(struct step *s, u64 request, enum rejection rejection,
                   struct str reason);
/* The same, with what the command answers. */
void effect_answer_with(struct step *s, u64 request, const struct shape *shape,
                        const void *answer);

/* A batch operation waits for items that only the view knows. */
void effect_history(struct step *s);

/* An operator is told, on the log of the server. */
void effect_note(struct step *s, struct str text);

/* ---- models ---------------------------------------------------------------------- */

/* The process of this key, and one of its elements. What stands in state was accepted
 * once, so a process that cannot be loaded is a failed must. */
const struct process *process_of(struct step *s, u64 process);
const struct element *element_of(struct step *s, u64 process, u32 tag);
const struct element *element_named(struct step *s, u64 process, struct str id);

/* ---- inside: engine.c, models.c and step.c
 * ------------------------------------------------- */

struct engine {
    struct state *state;
    struct engine_options options;
    struct arena scratch, entry, output, feel; /* output: what a caller still reads */
    struct trap trap;
    struct models *models;
    struct watched *watched; /* owned; NULL: nobody watches */
    struct step step;
    u32 trip, breaks; /* emits until a planted failure; 0: none */
    bool has_tripped; /* it was the planted one, of trip */
    bool is_limited;  /* one that does not fit is only refused */
    bool is_undone;
    bool was_pending; /* whose turn it was: pending work and due things alternate */
};

/* Changes of the step in hand (watch.c). */
void watch_start(struct engine *e);
void watch_note(struct step *s, enum event_kind kind, u64 key, const void *record);
const struct notice *watch_notices(const struct engine *e);

struct models *models_open(void);
void models_close(struct models *m);
const struct model *models_get(struct step *s, u64 resource);
/* Decisions are read as Camunda has them. `err` says what is wrong, and where. */
bool decisions_parse(struct str xml, const struct dmn_resolver *imports,
                     struct dmn **out, struct err *err);
const struct dmn *decisions_get(struct step *s, u64 resource);
/* What a deployment has parsed, taken over: kept until the step is through, and beyond
 * it if the resource with this key (named later) has become part of state. */
void models_stage_processes(struct models *m, struct model *model);
void models_stage_decisions(struct models *m, struct dmn *dmn);
void models_name(struct models *m, const void *staged, u64 resource);
/* Something in this resource is deleted: what was read of it is dropped when the
 * resource is. */
void models_leave(struct models *m, u64 resource);
void models_settle(struct models *m, const struct state *state);

#endif
