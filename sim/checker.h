/* clang-format off */
/* checker.h - what must hold in a simulated world, one file per thing:
 *
 *   replay   the durable log alone gives the live state, and so do the newest
 *            checkpoint and the log behind it
 *   promise  what was answered as done is in the durable log, once; what was refused
 *            rests on something durable; who asks is answered
 *   holder   a job has one holder at a time, who knows of it and has not left
 *   order    entries, keys and times rise; no key is given twice
 *   calm     after the storm everything ends, and no step fails by our own fault
 *   undo     a step that fails at any event leaves the state as it was
 */
/* clang-format on */
#ifndef SIM_CHECKER_H
#define SIM_CHECKER_H

#include "sim/world.h"

/* An event in a durable entry, as all checkers are shown it, once. */
struct shown {
    u32 partition; /* from 1 */
    u64 entry;
    i64 now;
    enum event_kind kind;
    u64 key;
    const void *record;
};

/* `mine` is what open returned. All but the name may be NULL. */
struct checker {
    const char *name;
    void *(*open)(struct world *w);
    void (*close)(void *mine);
    void (*entry)(struct world *w, void *mine, u32 partition, struct str bytes);
    void (*event)(struct world *w, void *mine, const struct shown *e);
    void (*asked)(struct world *w, void *mine, const struct call *c);
    void (*answered)(struct world *w, void *mine, const struct call *c,
                     const struct gate_answer *a);
    void (*left)(struct world *w, void *mine, const struct call *c);
    void (*crashed)(struct world *w, void *mine, u32 index);
    void (*started)(struct world *w, void *mine, u32 index);
    void (*step)(struct world *w, void *mine);
    void (*end)(struct world *w, void *mine);
};

extern const struct checker replay_checker, promise_checker, holder_checker,
    order_checker, calm_checker, undo_checker;

#endif
