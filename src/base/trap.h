/* trap.h - the end of a computation that cannot go on.
 *
 * Whoever starts a computation that may have to stop in the middle (an engine step, a
 * FEEL evaluation, a request) sets a trap with setjmp and hands it to the arena it
 * gives away. What the jump passes over must hold nothing but that arena. */
#ifndef TRAP_H
#define TRAP_H

#include <setjmp.h>

#include "base/base.h"

enum trap_why { TRAP_NONE, TRAP_FULL, TRAP_COLD, TRAP_MUST };

struct trap {
    jmp_buf jump;
    enum trap_why why;
    char text[248]; /* of a failed must */
};

/* This thread's trap, for must and for look-ups that meet something cold; NULL: none,
 * a failed must ends the process. Returns the one that was set before. */
struct trap *trap_set(struct trap *t);
struct trap *trap_get(void);

_Noreturn void trap_spring(struct trap *t, enum trap_why why);

#endif
