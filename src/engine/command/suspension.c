#include "engine/behave/behave.h"
#include "engine/command/command.h"

void decide_instance_suspend(struct step *s, u64 key, const void *record);
void decide_instance_resume(struct step *s, u64 key, const void *record);

typedef unsigned long long llu;

/* Only a root that is not about to end (behaviours 15.6); what it called goes with it.
 */
static const struct instance_row *root_at_hand(struct step *s, u64 key,
                                               const char *what)
{
    const struct instance_row *i = instance_get(s->state, key);
    const struct element_row *row = element_get(s->state, key);

    if (!i || !row || row->state == ELEMENT_STATE_TERMINATING) {
        reject(s, REJECT_NOT_FOUND,
               "Expected to %s a process instance with key '%llu', but no such process "
               "was found",
               what, (llu)key);
        return NULL;
    }
    if (i->parent_instance) {
        reject(s, REJECT_INVALID_STATE,
               "Expected to %s a process instance with key '%llu', but it is created "
               "by a parent process instance. Please %s the root process instance "
               "'%llu' instead.",
               what, (llu)key, what, (llu)i->root_instance);
        return NULL;
    }
    return step_about(s, key) ? i : NULL;
}

void decide_instance_suspend(struct step *s, u64 key, const void *record)
{
    const struct instance_row *i = root_at_hand(s, key, "suspend");

    if (i && i->is_suspended)
        reject(s, REJECT_INVALID_STATE,
               "Expected to suspend a process instance with key '%llu', but it is "
               "suspended already",
               (llu)key);
    else if (i)
        emit(s, EV_INSTANCE_SUSPENDED, key, NULL);
}

void decide_instance_resume(struct step *s, u64 key, const void *record)
{
    const struct instance_row *i = root_at_hand(s, key, "resume");

    if (i && !i->is_suspended)
        reject(s, REJECT_INVALID_STATE,
               "Expected to resume a process instance with key '%llu', but it is not "
               "suspended",
               (llu)key);
    else if (i)
        instance_resume(s, key, false);
}
