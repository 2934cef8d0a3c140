#include "base/trap.h"

/* One of the two variables that are not somebody's: jumps are per thread. */
static _Thread_local struct trap *current;

struct trap *trap_set(struct trap *t)
{
    struct trap *before = current;

    current = t;
    return before;
}

struct trap *trap_get(void)
{
    return current;
}

void trap_spring(struct trap *t, enum trap_why why)
{
    t->why = why;
    longjmp(t->jump, 1);
}
